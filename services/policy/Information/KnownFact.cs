using Ecosystem.Odrl;
using Ecosystem.Policy.V1;
using Subject = Ecosystem.Policy.V1.Statement.Types.Subject;

namespace Ecosystem.Policy.Information;

/// <summary>What is known of a use from elsewhere than its own words: the caller's token, the consents, a registered source.</summary>
/// <param name="LeftOperand">What is known.</param>
/// <param name="About">What it is about.</param>
/// <param name="Values">Its values; none when it is known to have none.</param>
internal sealed record KnownFact(string LeftOperand, Subject About, IReadOnlyList<string> Values)
{
    /// <summary>Consents of groups of data subjects, as this service keeps them.</summary>
    public const string Consent = "urn:ecosystem:consent";

    /// <summary>The role of the person.</summary>
    public const string Role = "https://w3id.org/idsa/code/ROLE";

    /// <summary>What stands before the name of a role that the caller's token carries, e.g. <c>urn:ecosystem:role:analyst</c>.</summary>
    public const string RealmRole = "urn:ecosystem:role:";

    /// <summary>The source that told it; empty for the token and the consents.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>Why the source did not tell it; null when it did.</summary>
    public Sentence? Missing { get; init; }

    public bool IsAboutUser => About is Subject.User;

    public Sequence<OdrlValue> ToValues() =>
        Values.Select(value => Uri.TryCreate(value, UriKind.Absolute, out _) ? OdrlValue.Iri(value) : OdrlValue.Text(value)).ToSequence();

    /// <summary>As the ledger keeps it beside the decision.</summary>
    public LedgerFact ToRecord() => new() { LeftOperand = LeftOperand, About = About, Values = { Values }, SourceId = SourceId, Missing = Missing?.English ?? "" };
}
