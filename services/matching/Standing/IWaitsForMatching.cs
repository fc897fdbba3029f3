namespace Ecosystem.Matching.Standing;

/// <summary>Something that is matched after it changed.</summary>
internal interface IWaitsForMatching
{
    /// <summary>Since when it waits to be matched, in Unix milliseconds; null when it was.</summary>
    long? WaitsSince { get; set; }
}
