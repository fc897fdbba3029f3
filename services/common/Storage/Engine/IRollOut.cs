namespace Ecosystem.Storage;

/// <summary>What an adapter for several replicas does while two releases of a service run side by side.</summary>
internal interface IRollOut
{
    /// <summary>
    /// Computes the index values that replicas of another release have left out since, and returns documents that cannot have theirs.
    /// Returns null once the last change of declarations is so long ago that no other release runs any more.
    /// </summary>
    Task<IReadOnlyList<string>?> FollowOtherReleasesAsync(CancellationToken ct);
}
