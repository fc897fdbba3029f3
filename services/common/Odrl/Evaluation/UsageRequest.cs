using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>A use somebody wants to make of an asset.</summary>
/// <param name="Action">The action, an IRI such as <see cref="OdrlTerms.Read"/>.</param>
public sealed record UsageRequest(string Action)
{
    private static readonly FrozenDictionary<string, Sequence<OdrlValue>> Nothing =
        FrozenDictionary<string, Sequence<OdrlValue>>.Empty;

    /// <summary>The request's identifier, for the report.</summary>
    public string? Uid { get; init; }

    /// <summary>The asset, an IRI.</summary>
    public string? Target { get; init; }

    /// <summary>The party that wants to use it, an IRI.</summary>
    public string? Assignee { get; init; }

    /// <summary>What the party states of the use, by left operand.</summary>
    public IReadOnlyDictionary<string, Sequence<OdrlValue>> Context { get; init; } = Nothing;

    /// <summary>The same request with a statement more.</summary>
    /// <param name="leftOperand">What is stated, an IRI.</param>
    /// <param name="values">The values.</param>
    /// <returns>The request.</returns>
    public UsageRequest Stating(string leftOperand, params Sequence<OdrlValue> values) =>
        this with { Context = new Dictionary<string, Sequence<OdrlValue>>(Context, StringComparer.Ordinal) { [leftOperand] = values } };

    /// <summary>The same request for a purpose.</summary>
    /// <param name="purposeIri">The purpose.</param>
    /// <returns>The request.</returns>
    public UsageRequest For(string purposeIri) => Stating(OdrlTerms.Purpose, OdrlValue.Iri(purposeIri));
}
