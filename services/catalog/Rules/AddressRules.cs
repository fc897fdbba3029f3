using System.Buffers;
using System.Text.RegularExpressions;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Rules;

/// <summary>Rules for what points elsewhere: IRIs, web addresses, mailboxes.</summary>
internal static partial class AddressRules
{
    private const int MaxIriLength = 2_000;

    /// <summary>What no IRI may contain (RFC 3987, section 2.2), and what would not survive being written as Turtle.</summary>
    private static readonly SearchValues<char> NotInIris = SearchValues.Create("<>\"{}|\\^`");

    public static void CheckIri(this Violations violations, string field, string value)
    {
        if (value.Length > 0 && !NeverData.IsInlineData(value))
        {
            violations.Unless(
                IsIri(value),
                field,
                $"'{FieldRules.Shorten(value)}' is not an absolute IRI, such as https://example.org/x.",
                $"'{FieldRules.Shorten(value)}' ist keine vollständige IRI, wie etwa https://example.org/x.");
        }
    }

    public static void CheckWebAddress(this Violations violations, string field, string value)
    {
        if (value.Length > 0 && !NeverData.IsInlineData(value))
        {
            violations.Unless(
                IsIri(value) && new Uri(value).Scheme is "http" or "https",
                field,
                $"'{FieldRules.Shorten(value)}' is not an http or https address.",
                $"'{FieldRules.Shorten(value)}' ist keine http- oder https-Adresse.");
        }
    }

    public static void CheckIris(this Violations violations, string field, RepeatedField<string> values)
    {
        violations.CheckCount(field, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            violations.Unless(values[i].Length > 0, $"{field}[{i}]", FieldRules.EmptyEntry, FieldRules.LeererEintrag);
            violations.CheckIri($"{field}[{i}]", values[i]);
        }
    }

    public static void CheckMailbox(this Violations violations, string field, string value) =>
        violations.Unless(
            value.Length == 0 || Mailbox().IsMatch(value),
            field,
            $"'{FieldRules.Shorten(value)}' is not a mail address; write it without 'mailto:'.",
            $"'{FieldRules.Shorten(value)}' ist keine E-Mail-Adresse; schreiben Sie sie ohne 'mailto:'.");

    public static bool IsIri(string value) =>
        value.Length <= MaxIriLength
        && !value.AsSpan().ContainsAny(NotInIris)
        && !value.AsSpan().ContainsAnyInRange('\0', ' ')
        && Uri.TryCreate(value, UriKind.Absolute, out Uri? iri)
        && value.StartsWith(iri.Scheme + ":", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[^@\\s<>\"]{1,64}@[^@\\s.<>\"]+(\\.[^@\\s.<>\"]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Mailbox();
}
