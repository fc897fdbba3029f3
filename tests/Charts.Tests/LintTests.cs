using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>What Helm itself says of the chart, and the rendering of each region as it was read by a person.</summary>
public sealed class LintTests
{
    public static TheoryData<string> Regions => Situations.AllRegions;

    [SkippableTheory]
    [MemberData(nameof(Regions))]
    public async Task Helm_finds_nothing_to_complain_about(string region)
    {
        var ending = await Helm.RunAsync("lint", "--strict", "charts/ecosystem", "--values", $"charts/ecosystem/regions/{region}.yaml");

        Assert.True(ending.ExitCode == 0, ending.Output + ending.Errors);
        Assert.Contains("1 chart(s) linted, 0 chart(s) failed", ending.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[WARNING]", ending.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Regions))]
    public async Task A_region_renders_as_it_was_last_read(string region) =>
        Snapshot.Match(WithoutLongTexts(await Situations.RenderAsync(region)), $"{region}.yaml");

    [SkippableFact]
    public async Task An_evaluation_renders_as_it_was_last_read() =>
        Snapshot.Match(WithoutLongTexts(await Situations.RenderAsync("evaluation")), "evaluation.yaml");

    /// <summary>Realm, dashboards and alerts are files of their own; here it counts only that they are there.</summary>
    private static string WithoutLongTexts(Rendering.Rendering rendering) => string.Join("\n---", rendering.Text.Split("\n---")
        .Select(part => part.Contains("\ngroups:", StringComparison.Ordinal) || part.Contains("\n  groups:", StringComparison.Ordinal)
                || part.Contains(".json: |", StringComparison.Ordinal)
            ? part[..(part.IndexOf("\nspec:", StringComparison.Ordinal) is var spec and > 0 ? spec : part.IndexOf("\ndata:", StringComparison.Ordinal))] + "\n# ...\n"
            : part));
}
