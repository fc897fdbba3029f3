namespace Ecosystem.Matching.Profiles;

/// <summary>Words that people choose from lists compare without regard to case and surrounding space.</summary>
internal static class Terms
{
    public static string Fold(string term) => term.Trim().ToLowerInvariant();
}
