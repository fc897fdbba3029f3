namespace Ecosystem.Odrl;

/// <summary>Whether two sets of terms go together.</summary>
public enum Verdict
{
    /// <summary>They go together.</summary>
    Compatible,

    /// <summary>They certainly do not.</summary>
    Conflict,

    /// <summary>It cannot be said: knowledge of a concept is missing, or one side is silent.</summary>
    Unknown,
}

/// <summary>The outcome of a comparison.</summary>
/// <param name="Verdict">The outcome. It is sound: what cannot be proven is <see cref="Verdict.Unknown"/>.</param>
/// <param name="Reasons">What it rests on: the witness of a conflict, what was missing, or which conditions remain.</param>
public sealed record Comparison(Verdict Verdict, Sequence<Sentence> Reasons);
