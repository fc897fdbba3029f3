using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Search;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Competences;

/// <summary>What of a competence is searched, and by which conditions.</summary>
internal static class CompetenceFields
{
    public static SearchSchema Schema() => new SearchSchema()
        .Text("title", boost: 4, lengthNormalization: 0.3)
        .Text("methods", boost: 2.5, lengthNormalization: 0.3)
        .Text("description")
        .Text("names", boost: 0.8)
        .Keyword("method")
        .Keyword("modality")
        .Keyword("skill")
        .Keyword("category")
        .Keyword("language")
        .Keyword("area")
        .Keyword("evidence")
        .Keyword("provider")
        .Keyword("verified")
        .Range("verified_until")
        .Range("room");

    public static SearchField[] Of(Competence competence) =>
    [
        .. SearchTexts.Fields("title", competence.Title),
        .. SearchTexts.Fields("description", competence.Description),
        .. competence.Methods.Concat(competence.Modalities).Concat(competence.Skills).Select(m => SearchField.Text("methods", m)),
        .. competence.Evidence.Select(e => SearchField.Text("description", e.Statement)),
        SearchField.Text("names", competence.Provider.Name),
        .. Choices.Fields("method", competence.Methods),
        .. Choices.Fields("modality", competence.Modalities),
        .. Choices.Fields("skill", competence.Skills),
        .. Choices.Fields("category", competence.HealthCategories),
        .. Choices.Fields("language", competence.Languages),
        .. Choices.Fields("evidence", competence.Evidence.Select(e => e.Kind.ToString())),
        .. Choices.Fields("provider", [competence.Provider.Id]),
        .. OfferedAreas.Fields(competence.Areas),
        .. VerifiedUntil(competence.Verification?.ExpireTime),
        .. Room(competence),
    ];

    /// <summary>The conditions of a request, apart from its words.</summary>
    public static IEnumerable<SearchFilter> FiltersOf(SearchCompetencesRequest request, DateTimeOffset now) =>
    [
        .. Choices.AnyOf("method", request.Methods),
        .. Choices.AnyOf("modality", request.Modalities),
        .. Choices.AnyOf("skill", request.Skills),
        .. Choices.AnyOf("category", request.HealthCategories),
        .. Choices.AnyOf("language", request.Languages),
        .. Choices.AnyOf("evidence", request.EvidenceKinds),
        .. Choices.AnyOf("provider", request.ProviderIds),
        .. OfferedAreas.In(request.AreaKey),
        .. Verified(request.VerificationState, now.ToUnixTimeSeconds()),
        .. request.OnlyAvailable ? [SearchFilter.Overlaps("room", now.ToUnixTimeSeconds(), now.ToUnixTimeSeconds())] : Array.Empty<SearchFilter>(),
    ];

    public static void CheckFilters(SearchCompetencesRequest request, Violations violations)
    {
        violations.CheckIris("health_categories", request.HealthCategories);
        violations.Unless(System.Enum.IsDefined(request.VerificationState), "verification_state", "This state is not known.", "Dieser Stand ist nicht bekannt.");
        if (request.AreaKey.Length > 0)
        {
            violations.CheckAreas("area_key", [new Common.V1.Area { Key = request.AreaKey }]);
        }
    }

    private static IEnumerable<SearchField> VerifiedUntil(Timestamp? end) => end is null
        ? [SearchField.Keyword("verified", "never")]
        : [SearchField.Number("verified_until", end.Seconds)];

    /// <summary>From when until when a further project fits in. Who does not say how many is not promised.</summary>
    private static IEnumerable<SearchField> Room(Competence competence)
    {
        double from = competence.Capacity?.AvailableFrom?.Seconds ?? double.NegativeInfinity;
        double until = competence.OfferedUntil?.Seconds ?? double.PositiveInfinity;
        return competence.Capacity is { ProjectsAtOnce: > 0 } && from <= until ? [SearchField.Range("room", from, until)] : [];
    }

    private static IEnumerable<SearchFilter> Verified(VerificationState state, long now) => state switch
    {
        VerificationState.Current => [SearchFilter.Overlaps("verified_until", now + 1, double.PositiveInfinity)],
        VerificationState.Expired => [SearchFilter.Overlaps("verified_until", double.NegativeInfinity, now)],
        VerificationState.None => [SearchFilter.AnyOf("verified", "never")],
        _ => [],
    };
}
