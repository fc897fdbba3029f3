using System.Text.RegularExpressions;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Google.Protobuf.Collections;

namespace Ecosystem.ServiceDefaults.Requests;

/// <summary>Rules for the kinds of values that the shared messages of <c>ecosystem.common.v1</c> are made of. Each adds what does not hold to the problems.</summary>
public static partial class FieldRules
{
    private const int MostEntries = 500;

    /// <summary>What is said of an entry of a list that is empty.</summary>
    public const string EmptyEntry = "The entry is empty; leave it out instead.";

    /// <summary><see cref="EmptyEntry"/> in German.</summary>
    public const string LeererEintrag = "Der Eintrag ist leer; lassen Sie ihn stattdessen weg.";

    /// <summary>A text must be there in at least one language, each as <see cref="CheckText"/> says.</summary>
    public static void RequireText(this FieldProblems problems, string field, LocalizedText? text, int longest)
    {
        problems.Unless(
            text is { Values.Count: > 0 },
            field,
            "A text in at least one language is required, for example {\"values\": {\"de\": \"…\"}}.",
            "Ein Text in mindestens einer Sprache ist nötig, zum Beispiel {\"values\": {\"de\": \"…\"}}.");
        problems.CheckText(field, text, longest);
    }

    /// <summary>A text in each language it has is not empty and not longer than <paramref name="longest"/> characters (UTF-16); an empty key stands for an unknown language.</summary>
    public static void CheckText(this FieldProblems problems, string field, LocalizedText? text, int longest)
    {
        foreach ((string language, string value) in text?.Values ?? [])
        {
            string place = $"{field}.values[{Shorten(language)}]";
            if (language.Length > 0)
            {
                problems.CheckLanguage(place, language);
            }

            problems.Unless(
                !string.IsNullOrWhiteSpace(value),
                place,
                "The text is empty; leave the language out instead.",
                "Der Text ist leer; lassen Sie die Sprache stattdessen weg.");
            problems.CheckLine(place, value, longest);
        }
    }

    /// <summary>A line must be there, not longer than <paramref name="longest"/> characters.</summary>
    public static void RequireLine(this FieldProblems problems, string field, string value, int longest)
    {
        problems.Unless(!string.IsNullOrWhiteSpace(value), field, "The text is empty.", "Der Text ist leer.");
        problems.CheckLine(field, value, longest);
    }

    /// <summary>A line is not longer than <paramref name="longest"/> characters; it may be empty.</summary>
    public static void CheckLine(this FieldProblems problems, string field, string value, int longest) => problems.Unless(
        value.Length <= longest,
        field,
        $"At most {longest} characters are allowed, there are {value.Length}.",
        $"Höchstens {longest} Zeichen sind erlaubt, es sind {value.Length}.");

    /// <summary>A language tag (BCP 47) in lower case.</summary>
    public static void CheckLanguage(this FieldProblems problems, string field, string tag) => problems.Unless(
        LanguageTag().IsMatch(tag),
        field,
        "A language tag in lower case is needed, such as 'de' or 'en'.",
        "Nötig ist ein Sprachkürzel in Kleinbuchstaben, etwa 'de' oder 'en'.");

    /// <summary>A list has at most <paramref name="most"/> entries.</summary>
    public static void CheckCount(this FieldProblems problems, string field, int count, int most = MostEntries) => problems.Unless(
        count <= most,
        field,
        $"At most {most} entries are allowed, there are {count}.",
        $"Höchstens {most} Einträge sind erlaubt, es sind {count}.");

    /// <summary>A list of at most <paramref name="most"/> words, none of them empty; those beyond are not looked at.</summary>
    public static void CheckWords(this FieldProblems problems, string field, RepeatedField<string> words, int longest, int most = MostEntries)
    {
        problems.CheckCount(field, words.Count, most);
        for (int at = 0; at < Math.Min(words.Count, most); at++)
        {
            problems.Unless(!string.IsNullOrWhiteSpace(words[at]), $"{field}[{at}]", EmptyEntry, LeererEintrag);
            problems.CheckLine($"{field}[{at}]", words[at], longest);
        }
    }

    /// <summary>A list of at most <paramref name="most"/> areas, each with an official municipality key (AGS: Land, Kreis or municipality) or a NUTS code.</summary>
    public static void CheckAreas(this FieldProblems problems, string field, RepeatedField<Area> areas, int most = MostEntries)
    {
        problems.CheckCount(field, areas.Count, most);
        for (int at = 0; at < Math.Min(areas.Count, most); at++)
        {
            problems.Unless(
                AreaKey().IsMatch(areas[at].Key),
                $"{field}[{at}].key",
                $"'{Shorten(areas[at].Key)}' is neither an official municipality key of 2, 5 or 8 digits nor a NUTS code.",
                $"'{Shorten(areas[at].Key)}' ist weder ein Amtlicher Gemeindeschlüssel mit 2, 5 oder 8 Ziffern noch ein NUTS-Code.");
            problems.CheckLine($"{field}[{at}].name", areas[at].Name, 300);
        }
    }

    /// <summary>A period that has both ends must end after it starts.</summary>
    public static void CheckPeriod(this FieldProblems problems, string field, Period? period) => problems.Unless(
        period is not { Start: { } start, End: { } end } || start < end,
        $"{field}.end",
        "The period must end after it starts.",
        "Der Zeitraum muss nach seinem Anfang enden.");

    /// <summary>The size of a page, as <see cref="PageSize"/> has it; a negative wish is a problem of <c>page_size</c>.</summary>
    /// <returns>The size to read.</returns>
    public static int CheckPageSize(this FieldProblems problems, int requested, int usual = PageSize.Usual, int largest = PageSize.Largest)
    {
        var (english, german) = PageSize.Problem(requested, largest);
        problems.Unless(requested >= 0, PageSize.Field, english, german);
        return PageSize.Cut(requested, usual, largest);
    }

    /// <summary>What a caller said, cut to 80 characters so that it can stand in a sentence.</summary>
    public static string Shorten(string value) => value.Length <= 80 ? value : value[..80] + "…";

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{1,8})*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^([0-9]{2}|[0-9]{5}|[0-9]{8}|[A-Z]{2}[0-9A-Z]{0,3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex AreaKey();
}
