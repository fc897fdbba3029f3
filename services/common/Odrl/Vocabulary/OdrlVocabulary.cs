namespace Ecosystem.Odrl;

/// <summary>What an engine knows when it reads the terms of a policy.</summary>
/// <param name="Actions">Which action includes which.</param>
/// <param name="Concepts">Which purpose, place or other concept is narrower than which.</param>
public sealed record OdrlVocabulary(ActionHierarchy Actions, ConceptHierarchy Concepts)
{
    /// <summary>The actions of ODRL and the declared purposes.</summary>
    public static OdrlVocabulary Standard { get; } = new(ActionHierarchy.Standard, ConceptHierarchy.Standard);
}
