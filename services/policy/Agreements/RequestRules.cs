using Ecosystem.Grpc;
using Ecosystem.Policy.V1;

namespace Ecosystem.Policy.Agreements;

/// <summary>What a request must state.</summary>
internal static class RequestRules
{
    private const int LongestQuestion = 4000;
    private const int LongestLegalBasis = 1000;
    private const int MostYears = 10;

    public static void Check(RequestAgreementRequest request, DateTimeOffset now)
    {
        var violations = new List<(string Field, string Problem)>();
        Text(violations, "data_asset_id", request.DataAssetId, 100, "Name the data asset by its id in the catalogue.");
        Text(violations, "question", request.Question, LongestQuestion, "State the question that the use shall answer.");
        Text(violations, "legal_basis", request.LegalBasis, LongestLegalBasis, "State the legal basis, for example 'GDPR Art. 6(1)(e) with Art. 9(2)(j)'.");
        if (!Uri.TryCreate(request.Purpose, UriKind.Absolute, out _))
            violations.Add(("purpose", "State the purpose as an IRI, for example 'http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e'."));
        Period(violations, request, now);
        if (violations.Count > 0)
            throw RichStatus.InvalidArgument("The request is incomplete.", [.. violations]);
    }

    private static void Text(List<(string Field, string Problem)> violations, string field, string value, int longest, string what)
    {
        if (string.IsNullOrWhiteSpace(value))
            violations.Add((field, what));
        else if (value.Length > longest)
            violations.Add((field, $"At most {longest} characters; these are {value.Length}."));
    }

    private static void Period(List<(string Field, string Problem)> violations, RequestAgreementRequest request, DateTimeOffset now)
    {
        if (request.Period?.Start is null)
            violations.Add(("period.start", "State from when the data are to be used."));
        if (request.Period?.End is null)
            violations.Add(("period.end", "State until when the data are to be used."));
        if (request.Period is not { Start: not null, End: not null } period)
            return;
        var (start, end) = (period.Start.ToDateTimeOffset(), period.End.ToDateTimeOffset());
        if (end <= start)
            violations.Add(("period.end", "The end must be after the start."));
        else if (end <= now)
            violations.Add(("period.end", "The period is already over."));
        else if (end > start.AddYears(MostYears))
            violations.Add(("period.end", $"At most {MostYears} years (EHDS Art. 68)."));
    }
}
