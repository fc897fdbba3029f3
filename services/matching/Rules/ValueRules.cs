using Google.Protobuf.Collections;

namespace Ecosystem.Matching.Rules;

/// <summary>Rules for the values that needs, questions and sketches have beside the shared ones.</summary>
internal static class ValueRules
{
    public const int MostAreas = 100;
    private const int Most = 20;

    public static void CheckLanguages(this Violations violations, string field, RepeatedField<string> languages)
    {
        violations.CheckCount(field, languages.Count, Most);
        for (int at = 0; at < Math.Min(languages.Count, Most); at++) violations.CheckLanguage($"{field}[{at}]", languages[at]);
    }

    public static void CheckIris(this Violations violations, string field, RepeatedField<string> iris)
    {
        violations.CheckCount(field, iris.Count, Most);
        for (int at = 0; at < Math.Min(iris.Count, Most); at++) violations.CheckIri($"{field}[{at}]", iris[at]);
    }

    public static void CheckIri(this Violations violations, string field, string iri) => violations.Unless(
        IsIri(iri),
        field,
        $"'{FieldRules.Shorten(iri)}' is no IRI. State one, for example https://w3id.org/dpv#ScientificResearch.",
        $"'{FieldRules.Shorten(iri)}' ist keine IRI. Nennen Sie eine, zum Beispiel https://w3id.org/dpv#ScientificResearch.");

    public static bool IsIri(string iri) => iri.Length <= 2_000 && Uri.TryCreate(iri, UriKind.Absolute, out _) && !iri.Any(char.IsWhiteSpace);
}
