using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.V1;

namespace Ecosystem.Policy.Consents;

/// <summary>What a consent must state, and what it covers.</summary>
internal static class ConsentRules
{
    private const int LongestTerm = 500;
    private const int MostPurposes = 50;
    private const int MostNamed = 100;

    public static void Check(Consent consent)
    {
        var violations = new List<(string Field, string Problem)>();
        if (consent.Group.Length is 0 or > LongestTerm || !Uri.TryCreate(consent.Group, UriKind.Absolute, out _))
            violations.Add(("consent.group", $"Name the group by an IRI of at most {LongestTerm} characters that says nothing about single persons."));
        if (consent.Purposes.Count is 0 or > MostPurposes || consent.Purposes.Any(purpose => purpose.Length > LongestTerm || !Uri.TryCreate(purpose, UriKind.Absolute, out _)))
            violations.Add(("consent.purposes", $"State for what the data may be used: between 1 and {MostPurposes} IRIs."));
        (string Field, IReadOnlyList<string> Values)[] named = [("consent.data_asset_ids", consent.DataAssetIds), ("consent.user_ids", consent.UserIds)];
        violations.AddRange(named.Where(list => list.Values.Count > MostNamed || list.Values.Any(value => value.Length is 0 or > LongestTerm))
            .Select(list => (list.Field, $"At most {MostNamed}, each between 1 and {LongestTerm} characters.")));
        if (consent.Period is { Start: { } start, End: { } end } && end <= start)
            violations.Add(("consent.period.end", "The end must be after the start."));
        if (consent.Evidence.Trim().Length is 0 or > LongestTerm)
            violations.Add(("consent.evidence", $"Say what shows it, in at most {LongestTerm} characters, for example the version of the form."));
        if (violations.Count > 0)
            throw RichStatus.InvalidArgument("The consent is incomplete.", [.. violations]);
    }

    /// <summary>Whether a consent covers a use of a holder's data now.</summary>
    public static bool Covers(Consent consent, string dataAssetId, string userId, string purpose, DateTimeOffset now) =>
        consent.WithdrawTime is null
        && (consent.Period?.Start is not { } start || start.ToDateTimeOffset() <= now)
        && (consent.Period?.End is not { } end || now < end.ToDateTimeOffset())
        && (consent.DataAssetIds.Count == 0 || consent.DataAssetIds.Contains(dataAssetId))
        && (consent.UserIds.Count == 0 || consent.UserIds.Contains(userId))
        && consent.Purposes.Any(allowed => ConceptHierarchy.Standard.IsA(purpose, allowed) is Knowledge.True);
}
