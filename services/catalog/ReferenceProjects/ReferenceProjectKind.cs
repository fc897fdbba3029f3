using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Google.Protobuf;
using Status = Ecosystem.Catalog.V1.ReferenceProject.Types.Status;

namespace Ecosystem.Catalog.ReferenceProjects;

/// <summary>What was done in the region, and whom it reached.</summary>
internal sealed class ReferenceProjectKind() : ExhibitKind<ReferenceProject>("reference_projects")
{
    public static readonly ReferenceProjectKind Instance = new();

    public override string Name => "reference project";

    public override string Field => "reference_project";

    public override void Check(ReferenceProject project, Violations violations)
    {
        violations.RequireText("title", project.Title, 300);
        violations.RequireText("description", project.Description, 20_000);
        violations.Unless(
            project.Status != Status.Unspecified && Enum.IsDefined(project.Status),
            "status",
            "Say how far it is: STATUS_PLANNED, STATUS_RUNNING or STATUS_FINISHED.",
            "Sagen Sie, wie weit es ist: STATUS_PLANNED (geplant), STATUS_RUNNING (läuft) oder STATUS_FINISHED (beendet).");
        violations.Unless(
            project.Areas.Count > 0,
            "areas",
            "Say where: name at least one area by its official key, for example 05911000 for Bochum.",
            "Sagen Sie, wo: Nennen Sie mindestens ein Gebiet mit seinem amtlichen Schlüssel, zum Beispiel 05911000 für Bochum.");
        violations.Unless(
            project.Status != Status.Finished || project.Results?.Values.Count > 0,
            "results",
            "Say what came of a finished project, also if it failed.",
            "Sagen Sie, was aus einem beendeten Projekt geworden ist, auch wenn es gescheitert ist.");
        violations.CheckAreas("areas", project.Areas);
        violations.CheckPeriod("period", project.Period);
        violations.CheckWords("partners", project.Partners, 300);
        violations.CheckWords("target_groups", project.TargetGroups, 300);
        violations.CheckWords("solution_ids", project.SolutionIds, 36);
        violations.CheckThemes("data_space_themes", project.DataSpaceThemes);
        violations.CheckText("results", project.Results, 20_000);
        violations.CheckEvidence("evidence", project.Evidence);
        violations.CheckNotNegative("reach.people", project.Reach?.People ?? 0);
        violations.CheckNotNegative("reach.institutions", project.Reach?.Institutions ?? 0);
        violations.CheckText("reach.note", project.Reach?.Note, 20_000);
        violations.CheckLine("funding", project.Funding, 300);
        violations.CheckWebAddress("url", project.Url);
    }

    public override IEnumerable<SearchField> SearchFieldsOf(ReferenceProject project) =>
    [
        .. SearchTexts.Fields("title", project.Title),
        .. SearchTexts.Fields("description", project.Description),
        .. SearchTexts.Fields("description", project.Results),
        .. project.TargetGroups.Select(word => SearchField.Text("keywords", word)),
        .. project.Partners.Append(project.Provider.Name).Append(project.Funding).Select(name => SearchField.Text("names", name)),
        .. Choices.Fields("theme", project.DataSpaceThemes.Select(theme => theme.ToString())),
        .. Choices.Fields("status", [project.Status.ToString()]),
        .. Choices.Fields("target_group", project.TargetGroups),
        .. Choices.Fields("provider", [project.Provider.Id]),
    ];

    /// <summary>The conditions of a request, apart from words and area.</summary>
    public static IEnumerable<SearchFilter> FiltersOf(SearchReferenceProjectsRequest request) =>
    [
        .. Choices.AnyOf("theme", request.DataSpaceThemes),
        .. Choices.AnyOf("status", request.Statuses),
        .. Choices.AnyOf("target_group", request.TargetGroups),
        .. Choices.AnyOf("provider", request.ProviderIds),
    ];

    public override IEnumerable<Area> AreasOf(ReferenceProject project) => project.Areas;

    public override IMessage Published(ReferenceProject project, long version) => new ReferenceProjectPublished { ReferenceProject = project, Version = version };

    public override IMessage Removed(ReferenceProject project, long version) => new ReferenceProjectRemoved { ReferenceProject = project, Version = version };
}
