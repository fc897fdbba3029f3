using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Google.Protobuf;
using Status = Ecosystem.Catalog.V1.Solution.Types.Status;

namespace Ecosystem.Catalog.Solutions;

/// <summary>What exists in digital health in the region.</summary>
internal sealed class SolutionKind() : ExhibitKind<Solution>("solutions")
{
    private const int DigitsOfADiga = 5;

    public static readonly SolutionKind Instance = new();

    public override string Name => "solution";

    public override string Field => "solution";

    public override void Check(Solution solution, Violations violations)
    {
        violations.RequireText("title", solution.Title, 300);
        violations.RequireText("description", solution.Description, 20_000);
        violations.Unless(
            solution.Status != Status.Unspecified && Enum.IsDefined(solution.Status),
            "status",
            "Say how far it is: STATUS_IDEA, STATUS_PILOT, STATUS_PRODUCT or STATUS_DIGA_LISTED.",
            "Sagen Sie, wie weit sie ist: STATUS_IDEA (Idee), STATUS_PILOT (Erprobung), STATUS_PRODUCT (im Einsatz) oder STATUS_DIGA_LISTED (als DiGA gelistet).");
        violations.Unless(
            solution.Status is not (Status.Product or Status.DigaListed) || solution.Evidence.Count > 0,
            "evidence",
            "What is in use must prove that it helps: name at least one proof.",
            "Was im Einsatz ist, muss zeigen, dass es hilft: Nennen Sie mindestens einen Nachweis.");
        violations.Unless(
            (solution.Status == Status.DigaListed) == (solution.DigaNumber.Length > 0)
            && (solution.DigaNumber.Length == 0 || (solution.DigaNumber.Length == DigitsOfADiga && solution.DigaNumber.All(char.IsAsciiDigit))),
            "diga_number",
            "A listed DiGA has a number of five digits in the directory of the BfArM, for example 00294; others have none.",
            "Eine gelistete DiGA hat eine fünfstellige Nummer im Verzeichnis des BfArM, zum Beispiel 00294; andere haben keine.");
        violations.CheckEvidence("evidence", solution.Evidence);
        violations.CheckWords("target_groups", solution.TargetGroups, 300);
        violations.CheckWords("languages", solution.Languages, 35);
        violations.CheckWords("points_of_care", solution.PointsOfCare, 100);
        violations.CheckWords("competence_ids", solution.CompetenceIds, 36);
        violations.CheckAreas("areas", solution.Areas);
        violations.CheckThemes("data_space_themes", solution.DataSpaceThemes);
        violations.CheckWebAddress("url", solution.Url);
        violations.CheckText("reimbursement.note", solution.Reimbursement?.Note, 20_000);
    }

    public override IEnumerable<SearchField> SearchFieldsOf(Solution solution) =>
    [
        .. SearchTexts.Fields("title", solution.Title),
        .. SearchTexts.Fields("description", solution.Description),
        .. solution.TargetGroups.Concat(solution.PointsOfCare).Select(word => SearchField.Text("keywords", word)),
        .. solution.Evidence.Select(e => SearchField.Text("description", e.Statement)),
        SearchField.Text("names", solution.Provider.Name),
        .. Choices.Fields("theme", solution.DataSpaceThemes.Select(theme => theme.ToString())),
        .. Choices.Fields("status", [solution.Status.ToString()]),
        .. Choices.Fields("payer", [(solution.Reimbursement?.Payer ?? default).ToString()]),
        .. Choices.Fields("target_group", solution.TargetGroups),
        .. Choices.Fields("language", solution.Languages),
        .. Choices.Fields("point_of_care", solution.PointsOfCare),
        .. Choices.Fields("provider", [solution.Provider.Id]),
    ];

    /// <summary>The conditions of a request, apart from words and area.</summary>
    public static IEnumerable<SearchFilter> FiltersOf(SearchSolutionsRequest request) =>
    [
        .. Choices.AnyOf("theme", request.DataSpaceThemes),
        .. Choices.AnyOf("status", request.Statuses),
        .. Choices.AnyOf("payer", request.Payers),
        .. Choices.AnyOf("target_group", request.TargetGroups),
        .. Choices.AnyOf("language", request.Languages),
        .. Choices.AnyOf("point_of_care", request.PointsOfCare),
        .. Choices.AnyOf("provider", request.ProviderIds),
    ];

    public override IEnumerable<Area> AreasOf(Solution solution) => solution.Areas;

    public override IMessage Published(Solution solution, long version) => new SolutionPublished { Solution = solution, Version = version };

    public override IMessage Removed(Solution solution, long version) => new SolutionRemoved { Solution = solution, Version = version };
}
