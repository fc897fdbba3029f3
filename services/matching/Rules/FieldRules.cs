using System.Text.RegularExpressions;
using Ecosystem.Common.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Matching.Rules;

/// <summary>Rules for the kinds of values that needs, questions and rounds are made of.</summary>
internal static partial class FieldRules
{
    public const int LongestTitle = 300;
    public const int LongestDescription = 20_000;
    public const int LongestReason = 2_000;

    public static void RequireText(this Violations violations, string field, LocalizedText? text, int longest)
    {
        violations.Unless(
            text is { Values.Count: > 0 },
            field,
            "A text in at least one language is required, for example {\"values\": {\"de\": \"…\"}}.",
            "Ein Text in mindestens einer Sprache ist nötig, zum Beispiel {\"values\": {\"de\": \"…\"}}.");
        violations.CheckText(field, text, longest);
    }

    public static void CheckText(this Violations violations, string field, LocalizedText? text, int longest)
    {
        foreach ((string language, string value) in text?.Values ?? [])
        {
            string place = $"{field}.values[{Shorten(language)}]";
            if (language.Length > 0) violations.CheckLanguage(place, language);
            violations.RequireLine(place, value, longest);
        }
    }

    public static void RequireLine(this Violations violations, string field, string value, int longest)
    {
        violations.Unless(!string.IsNullOrWhiteSpace(value), field, "The text is empty.", "Der Text ist leer.");
        violations.Unless(
            value.Length <= longest,
            field,
            $"At most {longest} characters are allowed, there are {value.Length}.",
            $"Höchstens {longest} Zeichen sind erlaubt, es sind {value.Length}.");
    }

    public static void CheckWords(this Violations violations, string field, RepeatedField<string> words, int most, int longest = 200)
    {
        violations.CheckCount(field, words.Count, most);
        for (int at = 0; at < Math.Min(words.Count, most); at++) violations.RequireLine($"{field}[{at}]", words[at], longest);
    }

    public static void CheckCount(this Violations violations, string field, int count, int most) => violations.Unless(
        count <= most,
        field,
        $"At most {most} entries are allowed, there are {count}.",
        $"Höchstens {most} Einträge sind erlaubt, es sind {count}.");

    public static void CheckLanguages(this Violations violations, string field, RepeatedField<string> languages)
    {
        violations.CheckCount(field, languages.Count, 20);
        for (int at = 0; at < Math.Min(languages.Count, 20); at++) violations.CheckLanguage($"{field}[{at}]", languages[at]);
    }

    public static void CheckIris(this Violations violations, string field, RepeatedField<string> iris)
    {
        violations.CheckCount(field, iris.Count, 20);
        for (int at = 0; at < Math.Min(iris.Count, 20); at++) violations.CheckIri($"{field}[{at}]", iris[at]);
    }

    public static void CheckIri(this Violations violations, string field, string iri) => violations.Unless(
        IsIri(iri),
        field,
        $"'{Shorten(iri)}' is no IRI. State one, for example https://w3id.org/dpv#ScientificResearch.",
        $"'{Shorten(iri)}' ist keine IRI. Nennen Sie eine, zum Beispiel https://w3id.org/dpv#ScientificResearch.");

    public static void CheckAreas(this Violations violations, string field, RepeatedField<Area> areas)
    {
        violations.CheckCount(field, areas.Count, 100);
        for (int at = 0; at < Math.Min(areas.Count, 100); at++)
        {
            violations.Unless(
                AreaKey().IsMatch(areas[at].Key),
                $"{field}[{at}].key",
                $"'{Shorten(areas[at].Key)}' is neither an official municipality key of 2, 5 or 8 digits nor a NUTS code.",
                $"'{Shorten(areas[at].Key)}' ist weder ein Amtlicher Gemeindeschlüssel mit 2, 5 oder 8 Ziffern noch ein NUTS-Code.");
        }
    }

    public static void CheckPeriod(this Violations violations, string field, Period? period) => violations.Unless(
        period is not { Start: { } start, End: { } end } || start < end,
        $"{field}.end",
        "The period must end after it starts.",
        "Der Zeitraum muss nach seinem Anfang enden.");

    public static bool IsIri(string iri) => iri.Length <= 2_000 && Uri.TryCreate(iri, UriKind.Absolute, out _) && !iri.Any(char.IsWhiteSpace);

    public static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static void CheckLanguage(this Violations violations, string field, string tag) => violations.Unless(
        LanguageTag().IsMatch(tag),
        field,
        "A language tag in lower case is needed, such as 'de' or 'en'.",
        "Nötig ist ein Sprachkürzel in Kleinbuchstaben, etwa 'de' oder 'en'.");

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{1,8})*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^([0-9]{2}|[0-9]{5}|[0-9]{8}|[A-Z]{2}[0-9A-Z]{0,3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex AreaKey();
}
