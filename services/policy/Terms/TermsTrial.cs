using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.V1;
using Duty = Ecosystem.Policy.V1.Duty;

namespace Ecosystem.Policy.Terms;

/// <summary>Decides an example under terms that nobody has agreed to yet.</summary>
internal static class TermsTrial
{
    private const int MostStated = 50;

    public static TryTermsResponse Of(OdrlPolicy policy, TryTermsRequest example, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(example.Action))
            throw RichStatus.InvalidArgument("The example is incomplete.", ("action", "State the ODRL action, for example 'use' or 'read'."));
        if (example.Stated.Count > MostStated)
            throw RichStatus.InvalidArgument("The example is too long.", ("stated", $"At most {MostStated} statements."));
        if (example.Stated.FirstOrDefault(stated => PolicyCheck.IsTimeWithoutZone(stated.Value)) is { Key.Length: > 0 } vague)
            throw RichStatus.InvalidArgument("The example is not clear.", ($"stated[{vague.Key}]", $"The moment '{vague.Value}' has no time zone; write '{vague.Value}Z', for example."));
        var request = new UsageRequest(Question.ActionIri(example.Action)) { Target = NullIfEmpty(example.DataAssetId), Assignee = NullIfEmpty(example.UserId) };
        if (example.Purpose.Length > 0)
            request = request.For(example.Purpose);
        foreach (var (leftOperand, value) in example.Stated)
            request = request.Stating(Question.ActionIri(leftOperand), Uri.TryCreate(value, UriKind.Absolute, out _) ? OdrlValue.Iri(value) : OdrlValue.Text(value));
        var world = new StateOfTheWorld(example.Time?.ToDateTimeOffset() ?? now)
        {
            Observations = new Dictionary<string, Sequence<OdrlValue>>(StringComparer.Ordinal) { [OdrlTerms.Count] = [OdrlValue.Number(example.UsesBefore + 1)] },
        };
        var decision = PolicyEvaluator.Evaluate(policy, request, world);
        return new()
        {
            Permitted = decision.IsPermitted,
            Reasons = { ReasonCodes.Of(decision, []).Select(reason => new Reason { Code = reason.Code, Sentence = reason.Sentence.Localized() }) },
            Duties = { decision.Duties.SelectMany(due => due.Duty.Actions.Select(action => ConnectorTerms.Present(due, action))) },
        };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
