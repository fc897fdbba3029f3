using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Policy.V1;

namespace Ecosystem.Policy.Agreements;

/// <summary>What a request must state.</summary>
internal static class RequestRules
{
    private const int LongestQuestion = 4000;
    private const int LongestLegalBasis = 1000;
    private const int MostYears = 10;
    private const int MostItems = 100;
    private const int LongestItem = 2000;

    public static void Check(RequestAgreementRequest request, DateTimeOffset now)
    {
        var violations = new List<(string Field, string Problem)>();
        Text(violations, "data_asset_id", request.DataAssetId, 100, "Name the data asset by its id in the catalogue.");
        Text(violations, "question", request.Question, LongestQuestion, "State the question that the use shall answer.");
        Text(violations, "legal_basis", request.LegalBasis, LongestLegalBasis, "State the legal basis, for example 'GDPR Art. 6(1)(e) with Art. 9(2)(j)'.");
        if (!Uri.TryCreate(request.Purpose, UriKind.Absolute, out _))
            violations.Add(("purpose", "State the purpose as an IRI, for example 'http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e'."));
        Period(violations, request.Period, now);
        Permit(violations, request.Permit);
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

    public static void Period(List<(string Field, string Problem)> violations, Period? stated, DateTimeOffset now)
    {
        if (stated?.Start is null)
            violations.Add(("period.start", "State from when the data are to be used."));
        if (stated?.End is null)
            violations.Add(("period.end", "State until when the data are to be used."));
        if (stated is not { Start: not null, End: not null } period)
            return;
        var (start, end) = (period.Start.ToDateTimeOffset(), period.End.ToDateTimeOffset());
        if (end <= start)
            violations.Add(("period.end", "The end must be after the start."));
        else if (end <= now)
            violations.Add(("period.end", "The period is already over."));
        else if (end > start.AddYears(MostYears))
            violations.Add(("period.end", $"At most {MostYears} years (EHDS Art. 68)."));
    }

    private static void Permit(List<(string Field, string Problem)> violations, Agreement.Types.Permit? permit)
    {
        if (permit is null)
            return;
        if (permit.DataForm is Agreement.Types.DataForm.Pseudonymised && string.IsNullOrWhiteSpace(permit.PseudonymisedJustification))
            violations.Add(("permit.pseudonymised_justification", "Say why anonymised data do not do (EHDS Art. 67 and 68)."));
        (string Field, IReadOnlyList<string> Values)[] lists =
        [
            ("permit.data_categories", permit.DataCategories), ("permit.authorised_persons", permit.AuthorisedPersons),
            ("permit.tools", permit.Tools), ("permit.conditions", permit.Conditions),
            ("permit", [permit.PseudonymisedJustification, permit.ProcessingEnvironment, permit.AccessBody, permit.Number, permit.EthicsAssessment, permit.Fees]),
        ];
        foreach (var (field, values) in lists)
        {
            if (values.Count > MostItems || values.Any(value => value.Length > LongestItem))
                violations.Add((field, $"At most {MostItems} items of {LongestItem} characters."));
        }
    }
}
