using System.Text.RegularExpressions;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Rules;

/// <summary>Rules for the kinds of values that descriptions are made of.</summary>
internal static partial class FieldRules
{
    private const int MaxItems = 500;
    private const int MaxIriLength = 2_000;

    public static void RequireText(this Violations violations, string field, LocalizedText? text, int maxLength)
    {
        if (text is null || text.Values.Count == 0)
        {
            violations.Add(field, "A text in at least one language is required, for example {\"de\": \"...\"}.");
            return;
        }

        violations.CheckText(field, text, maxLength);
    }

    public static void CheckText(this Violations violations, string field, LocalizedText? text, int maxLength)
    {
        foreach ((string language, string value) in text?.Values ?? [])
        {
            string place = $"{field}.values[{language}]";
            violations.Unless(language.Length == 0 || LanguageTag().IsMatch(language), place, "The key must be a language tag in lower case, such as 'de' or 'en'.");
            violations.Unless(!string.IsNullOrWhiteSpace(value), place, "The text is empty; leave the language out instead.");
            violations.CheckLine(place, value, maxLength);
        }
    }

    /// <summary>A text of limited length that is a description and not the data themselves.</summary>
    public static void CheckLine(this Violations violations, string field, string value, int maxLength)
    {
        violations.Unless(value.Length <= maxLength, field, $"At most {maxLength} characters are allowed, there are {value.Length}.");
        if (NeverData.LooksLikeRecords(value) is { } reason)
        {
            violations.Add(field, reason);
        }
    }

    public static void CheckIri(this Violations violations, string field, string value)
    {
        if (value.Length > 0)
        {
            violations.Unless(
                value.Length <= MaxIriLength && Uri.TryCreate(value, UriKind.Absolute, out Uri? iri) && !IsInlineData(iri),
                field,
                $"'{Shorten(value)}' is not an absolute IRI, such as https://example.org/x.");
        }
    }

    public static void CheckWebAddress(this Violations violations, string field, string value)
    {
        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            violations.Add(field, NeverData.Sentence("a data: address carries the data themselves"));
        }
        else if (value.Length > 0)
        {
            violations.Unless(
                value.Length <= MaxIriLength && Uri.TryCreate(value, UriKind.Absolute, out Uri? iri) && iri.Scheme is "http" or "https",
                field,
                $"'{Shorten(value)}' is not an http or https address.");
        }
    }

    public static void CheckIris(this Violations violations, string field, RepeatedField<string> values)
    {
        violations.CheckCount(field, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            violations.Unless(values[i].Length > 0, $"{field}[{i}]", "The entry is empty; leave it out instead.");
            violations.CheckIri($"{field}[{i}]", values[i]);
        }
    }

    public static void CheckWords(this Violations violations, string field, RepeatedField<string> values, int maxLength)
    {
        violations.CheckCount(field, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            violations.Unless(!string.IsNullOrWhiteSpace(values[i]), $"{field}[{i}]", "The entry is empty; leave it out instead.");
            violations.CheckLine($"{field}[{i}]", values[i], maxLength);
        }
    }

    public static void CheckCount(this Violations violations, string field, int count) =>
        violations.Unless(count <= MaxItems, field, $"At most {MaxItems} entries are allowed, there are {count}.");

    public static void CheckAgent(this Violations violations, string field, Agent? agent)
    {
        if (agent is null)
        {
            return;
        }

        violations.Unless(!string.IsNullOrWhiteSpace(agent.Name), $"{field}.name", "A name is required.");
        violations.CheckLine($"{field}.name", agent.Name, 300);
        violations.Unless(agent.Email.Length == 0 || Mailbox().IsMatch(agent.Email), $"{field}.email", $"'{Shorten(agent.Email)}' is not a mail address; write it without 'mailto:'.");
        violations.CheckWebAddress($"{field}.url", agent.Url);
    }

    public static void CheckAreas(this Violations violations, string field, RepeatedField<Area> areas)
    {
        violations.CheckCount(field, areas.Count);
        for (int i = 0; i < areas.Count; i++)
        {
            violations.Unless(
                AreaKey().IsMatch(areas[i].Key),
                $"{field}[{i}].key",
                $"'{Shorten(areas[i].Key)}' is neither an official municipality key of 2, 5 or 8 digits nor a NUTS code.");
            violations.CheckLine($"{field}[{i}].name", areas[i].Name, 300);
        }
    }

    public static string Shorten(string value) => value.Length <= 80 ? value : value[..80] + "…";

    private static bool IsInlineData(Uri iri) => iri.Scheme == "data";

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{1,8})*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Mailbox();

    [GeneratedRegex("^([0-9]{2}|[0-9]{5}|[0-9]{8}|[A-Z]{2}[0-9A-Z]{0,3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex AreaKey();
}
