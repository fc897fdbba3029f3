using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>How the values of a left operand compare.</summary>
public enum ValueKind
{
    /// <summary>Nothing is known of the left operand: values compare as their data types say, else as text.</summary>
    Any,

    /// <summary>Instants and dates.</summary>
    Instant,

    /// <summary>Spans of time.</summary>
    Duration,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Terms of a vocabulary with narrower and broader ones.</summary>
    Concept,
}

/// <summary>What is known of the left operands of ODRL 2.2 (Vocabulary, section 3.9).</summary>
public static class LeftOperands
{
    private static readonly FrozenDictionary<string, ValueKind> Kinds = KnownKinds().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How the values of a left operand compare.</summary>
    /// <param name="iri">The left operand's IRI.</param>
    /// <returns>The kind of its values.</returns>
    public static ValueKind KindOf(string iri) => Kinds.GetValueOrDefault(iri);

    /// <summary>Whether the left operand can only take whole numbers.</summary>
    /// <param name="iri">The left operand's IRI.</param>
    /// <returns>True for counts.</returns>
    public static bool IsWhole(string iri) => iri is OdrlTerms.Count or OdrlTerms.Namespace + "unitOfCount";

    /// <summary>The least value a numeric or duration operand can take.</summary>
    /// <param name="iri">The left operand's IRI.</param>
    /// <returns>True when it cannot be negative.</returns>
    public static bool IsNeverNegative(string iri) =>
        KindOf(iri) is ValueKind.Duration || (KindOf(iri) is ValueKind.Number && !iri.Contains("oordinate", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, ValueKind>> KnownKinds()
    {
        (ValueKind Kind, string[] Names)[] known =
        [
            (ValueKind.Instant, ["dateTime"]),
            (ValueKind.Duration, ["delayPeriod", "elapsedTime", "meteredTime", "timeInterval"]),
            (ValueKind.Number, ["count", "payAmount", "percentage", "resolution", "absoluteSize", "relativeSize", "absolutePosition", "relativePosition"]),
            (ValueKind.Concept, ["purpose", "spatial", "language", "event", "industry", "product", "recipient", "media", "fileFormat", "systemDevice", "virtualLocation", "deliveryChannel"]),
        ];
        foreach (var (kind, names) in known)
        {
            foreach (var name in names)
                yield return new(OdrlTerms.Namespace + name, kind);
        }

        foreach (var axis in new[] { "absoluteSizeWidth", "absoluteSizeHeight", "absoluteSizeDepth", "spatialCoordinatesAltitude" })
            yield return new("http://w3id.org/odrl/spatial-axis#" + axis, ValueKind.Number);
    }
}
