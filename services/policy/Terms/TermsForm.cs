using System.Globalization;
using Ecosystem.Grpc;
using Ecosystem.Odrl;
using static Ecosystem.Policy.V1.TermsTemplate.Types;

namespace Ecosystem.Policy.Terms;

/// <summary>A template: what it asks, and the permission that the answers make.</summary>
internal sealed record TermsForm(
    string Id, int UsageClass, Sentence Title, Enforcement Enforcement, IReadOnlyList<Asked> Questions, Func<IReadOnlyDictionary<string, OdrlValue>, Permission> Permission)
{
    public Sequence<Prohibition> Forbidden { get; init; } = [];

    public OdrlPolicy Fill(IReadOnlyDictionary<string, string> answers, string uid)
    {
        var violations = new List<(string Field, string Problem)>();
        var understood = new Dictionary<string, OdrlValue>(StringComparer.Ordinal);
        foreach (var question in Questions)
        {
            if (question.Read(answers.GetValueOrDefault(question.Id, "").Trim()) is { } value)
                understood[question.Id] = value;
            else
                violations.Add(($"answers[{question.Id}]", $"{question.Text.English} Answer with a {question.Kind}, for example '{question.Example}'."));
        }

        violations.AddRange(answers.Keys.Where(id => Questions.All(question => question.Id != id)).Select(id => ($"answers[{id}]", "The template does not ask this.")));
        return violations.Count == 0
            ? new() { Uid = uid, Kind = PolicyKind.Offer, Permissions = [Permission(understood)], Prohibitions = Forbidden, Conflict = ConflictStrategy.Prohibition }
            : throw RichStatus.InvalidArgument("Some answers are missing or not understood.", [.. violations]);
    }
}

/// <summary>A question of a template.</summary>
internal sealed record Asked(string Id, string Kind, Sentence Text, string Example)
{
    private const int Longest = 1000;

    /// <summary>The answer as a value; null when it is not one of the kind.</summary>
    public OdrlValue? Read(string answer) => answer.Length is 0 or > Longest ? null : Kind switch
    {
        "iri" or "purpose" => Uri.TryCreate(answer, UriKind.Absolute, out _) ? OdrlValue.Iri(answer) : null,
        "number" => decimal.TryParse(answer, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? Typed(answer, answer.Contains('.', StringComparison.Ordinal) ? "decimal" : "integer") : null,
        "date" => HasZone(answer) && DateTimeOffset.TryParse(answer, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? OdrlValue.Instant(moment) : null,
        "duration" => answer.StartsWith('P') && answer.Length > 2 ? Typed(answer, "duration") : null,
        _ => OdrlValue.Text(answer),
    };

    // A date without zone begins at another moment for each who reads it.
    private static bool HasZone(string answer) =>
        answer.EndsWith('Z') || (answer.Length > 6 && answer[^6] is '+' or '-' && answer[^3] == ':' && answer.Contains('T', StringComparison.Ordinal));

    private static OdrlValue Typed(string answer, string type) => new(answer, OdrlTerms.Xsd + type);
}
