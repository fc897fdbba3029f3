namespace Ecosystem.Search;

/// <summary>A query that cannot be answered as it is asked.</summary>
/// <param name="member">The member of <see cref="SearchQuery"/> that is wrong.</param>
/// <param name="problem">What is wrong with it and what would be right, as a sentence.</param>
public sealed class InvalidSearchQueryException(string member, string problem) : Exception(problem)
{
    /// <summary>The member of <see cref="SearchQuery"/> that is wrong.</summary>
    public string Member { get; } = member;
}
