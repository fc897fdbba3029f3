namespace Ecosystem.Rdf;

/// <summary>One statement of a graph.</summary>
/// <param name="Subject">An <see cref="Iri"/> or a <see cref="BlankNode"/>.</param>
/// <param name="Predicate">What is said.</param>
/// <param name="Object">Any term.</param>
public readonly record struct Triple(Term Subject, Iri Predicate, Term Object);
