namespace Ecosystem.Odrl;

/// <summary>One statement for people, in German and in English. Reasons and descriptions are always given as sentences.</summary>
/// <param name="German">The statement in German.</param>
/// <param name="English">The statement in English.</param>
public sealed record Sentence(string German, string English)
{
    /// <inheritdoc/>
    public override string ToString() => English;
}
