using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>
/// The contract language of International Data Spaces in the words of ODRL: its properties (<c>ids:</c>) and codes (<c>idsc:</c>). A duty before
/// the use and one after it are both duties of the permission. Codes without a counterpart stay what they are and are decided by the connector.
/// </summary>
internal static class IdsTerms
{
    /// <summary>A permission may have both kinds of duty; ODRL has one.</summary>
    public const string PostDuty = "ids:postDuty";

    private const string Core = "https://w3id.org/idsa/core/";
    private const string Code = "https://w3id.org/idsa/code/";

    private static readonly FrozenDictionary<string, string> Properties = Table(
        Core,
        "",
        ("permission", "permission"), ("prohibition", "prohibition"), ("obligation", "obligation"), ("target", "target"), ("action", "action"),
        ("provider", "assigner"), ("consumer", "assignee"), ("assigner", "assigner"), ("assignee", "assignee"), ("constraint", "constraint"),
        ("leftOperand", "leftOperand"), ("operator", "operator"), ("rightOperand", "rightOperand"), ("rightOperandReference", "rightOperandReference"),
        ("unit", "unit"), ("refinement", "refinement"), ("actionRefinement", "refinement"), ("preDuty", "duty"), ("postDuty", PostDuty));

    private static readonly FrozenDictionary<string, string> Kinds = Table(
        Core, OdrlTerms.Namespace, ("ContractOffer", "Offer"), ("ContractAgreement", "Agreement"), ("ContractRequest", "Request"), ("Contract", "Set"));

    private static readonly FrozenDictionary<string, string> Codes = Table(
        Code,
        OdrlTerms.Namespace,
        ("USE", "use"), ("READ", "read"), ("DISTRIBUTE", "distribute"), ("DELETE", "delete"), ("ANONYMIZE", "anonymize"), ("NOTIFY", "inform"),
        ("NEXT_POLICY", "nextPolicy"), ("MODIFY", "modify"), ("AGGREGATE", "aggregate"), ("COMPENSATE", "compensate"),
        ("EQ", "eq"), ("EQUALS", "eq"), ("SAME_AS", "eq"), ("DEFINES_AS", "eq"), ("TEMPORAL_EQUALS", "eq"), ("STRING_EQ", "eq"), ("NEQ", "neq"),
        ("LT", "lt"), ("LTEQ", "lteq"), ("GT", "gt"), ("GTEQ", "gteq"), ("BEFORE", "lt"), ("AFTER", "gt"), ("SHORTER", "lt"), ("SHORTER_EQ", "lteq"),
        ("LONGER", "gt"), ("LONGER_EQ", "gteq"), ("IN", "isAnyOf"), ("INSIDE", "isPartOf"), ("ISA", "isA"),
        ("COUNT", "count"), ("DATE_TIME", "dateTime"), ("POLICY_EVALUATION_TIME", "dateTime"), ("PURPOSE", "purpose"), ("ELAPSED_TIME", "elapsedTime"),
        ("EVENT", "event"), ("RECIPIENT", "recipient"), ("PAY_AMOUNT", "payAmount"), ("SYSTEM_DEVICE", "systemDevice"), ("ABSOLUTE_SPATIAL_POSITION", "spatial"));

    /// <summary>The ODRL name of a property, or the IRI unchanged.</summary>
    public static string Property(string iri) => Properties.GetValueOrDefault(iri, iri);

    /// <summary>The ODRL term behind a kind of contract, an action, an operator or a left operand, or the IRI unchanged.</summary>
    public static string Term(string iri) => Codes.TryGetValue(iri, out var term) || Kinds.TryGetValue(iri, out term) ? term : iri;

    private static FrozenDictionary<string, string> Table(string from, string to, params (string Ids, string Odrl)[] rows) =>
        rows.ToFrozenDictionary(row => from + row.Ids, row => to + row.Odrl, StringComparer.Ordinal);
}
