using System.Text.RegularExpressions;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Rules;

/// <summary>Rules for the kinds of values that descriptions are made of.</summary>
internal static partial class FieldRules
{
    private const int MaxItems = 500;

    public static void RequireText(this Violations violations, string field, LocalizedText? text, int maxLength)
    {
        if (text is null || text.Values.Count == 0)
        {
            violations.Add(
                field,
                "A text in at least one language is required, for example {\"values\": {\"de\": \"…\"}}.",
                "Ein Text in mindestens einer Sprache ist nötig, zum Beispiel {\"values\": {\"de\": \"…\"}}.");
            return;
        }

        violations.CheckText(field, text, maxLength);
    }

    public static void CheckText(this Violations violations, string field, LocalizedText? text, int maxLength)
    {
        foreach ((string language, string value) in text?.Values ?? [])
        {
            string place = $"{field}.values[{language}]";
            if (language.Length > 0)
            {
                violations.CheckLanguage(place, language);
            }

            violations.Unless(
                !string.IsNullOrWhiteSpace(value),
                place,
                "The text is empty; leave the language out instead.",
                "Der Text ist leer; lassen Sie die Sprache stattdessen weg.");
            violations.CheckLine(place, value, maxLength);
        }
    }

    public static void CheckTexts(this Violations violations, string field, RepeatedField<LocalizedText> texts, int maxLength)
    {
        violations.CheckCount(field, texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            violations.RequireText($"{field}[{i}]", texts[i], maxLength);
        }
    }

    public static void CheckLine(this Violations violations, string field, string value, int maxLength) =>
        violations.Unless(
            value.Length <= maxLength,
            field,
            $"At most {maxLength} characters are allowed, there are {value.Length}.",
            $"Höchstens {maxLength} Zeichen sind erlaubt, es sind {value.Length}.");

    public static void CheckLanguage(this Violations violations, string field, string tag) =>
        violations.Unless(
            LanguageTag().IsMatch(tag),
            field,
            "The key must be a language tag in lower case, such as 'de' or 'en'.",
            "Nötig ist ein Sprachkürzel in Kleinbuchstaben, etwa 'de' oder 'en'.");

    public static void CheckWords(this Violations violations, string field, RepeatedField<string> values, int maxLength)
    {
        violations.CheckCount(field, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            violations.Unless(!string.IsNullOrWhiteSpace(values[i]), $"{field}[{i}]", EmptyEntry, LeererEintrag);
            violations.CheckLine($"{field}[{i}]", values[i], maxLength);
        }
    }

    public static void CheckKeywords(this Violations violations, string field, RepeatedField<Keyword> keywords)
    {
        violations.CheckCount(field, keywords.Count);
        for (int i = 0; i < keywords.Count; i++)
        {
            violations.Unless(!string.IsNullOrWhiteSpace(keywords[i].Text), $"{field}[{i}].text", EmptyEntry, LeererEintrag);
            violations.CheckLine($"{field}[{i}].text", keywords[i].Text, 300);
            if (keywords[i].Language.Length > 0)
            {
                violations.CheckLanguage($"{field}[{i}].language", keywords[i].Language.ToLowerInvariant());
            }
        }
    }

    public static void CheckCount(this Violations violations, string field, int count, int most = MaxItems) =>
        violations.Unless(
            count <= most,
            field,
            $"At most {most} entries are allowed, there are {count}.",
            $"Höchstens {most} Einträge sind erlaubt, es sind {count}.");

    public static void CheckAreas(this Violations violations, string field, RepeatedField<Area> areas)
    {
        violations.CheckCount(field, areas.Count);
        for (int i = 0; i < areas.Count; i++)
        {
            violations.Unless(
                AreaKey().IsMatch(areas[i].Key),
                $"{field}[{i}].key",
                $"'{Shorten(areas[i].Key)}' is neither an official municipality key of 2, 5 or 8 digits nor a NUTS code.",
                $"'{Shorten(areas[i].Key)}' ist weder ein Amtlicher Gemeindeschlüssel mit 2, 5 oder 8 Ziffern noch ein NUTS-Code.");
            violations.CheckLine($"{field}[{i}].name", areas[i].Name, 300);
        }
    }

    public static void CheckThemes(this Violations violations, string field, RepeatedField<DataSpaceTheme> themes)
    {
        violations.CheckCount(field, themes.Count);
        violations.Unless(
            themes.All(t => t != DataSpaceTheme.Unspecified && Enum.IsDefined(t)),
            field,
            "Use the nine themes of the data space, such as DATA_SPACE_THEME_HEALTH.",
            "Verwenden Sie die neun Themen des Datenraums, etwa DATA_SPACE_THEME_HEALTH (Gesund).");
    }

    public static void CheckPeriod(this Violations violations, string field, Period? period) =>
        violations.Unless(
            period is not { Start: { } start, End: { } end } || start < end,
            $"{field}.end",
            "The period must end after it starts.",
            "Der Zeitraum muss nach seinem Anfang enden.");

    public static string Shorten(string value) => value.Length <= 80 ? value : value[..80] + "…";

    public const string EmptyEntry = "The entry is empty; leave it out instead.";

    public const string LeererEintrag = "Der Eintrag ist leer; lassen Sie ihn stattdessen weg.";

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{1,8})*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^([0-9]{2}|[0-9]{5}|[0-9]{8}|[A-Z]{2}[0-9A-Z]{0,3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex AreaKey();
}
