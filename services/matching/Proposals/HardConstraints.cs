using Ecosystem.Catalog.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>What rules a pair out whatever else speaks for it.</summary>
internal static class HardConstraints
{
    public static bool Allow(DataAsset asset, Competence competence) =>
        !SameOrganisation(asset, competence) && AreasMeet(asset, competence) && LanguagesMeet(asset, competence);

    private static bool SameOrganisation(DataAsset asset, Competence competence) =>
        asset.Holder is { Id.Length: > 0 } holder && holder.Id == competence.Provider?.Id;

    /// <summary>Where both name areas, one of them must be offered where the data come from. A competence without areas is offered everywhere.</summary>
    private static bool AreasMeet(DataAsset asset, Competence competence) =>
        asset.Areas.Count == 0 || competence.Areas.Count == 0 || asset.Areas.Any(area => AreaKeys.IsServed(area, competence.Areas));

    /// <summary>Where both name languages, they must have one in common.</summary>
    private static bool LanguagesMeet(DataAsset asset, Competence competence)
    {
        HashSet<string> ofData = [.. asset.Distributions.SelectMany(distribution => distribution.Languages).Select(LanguageTags.Primary)];
        return ofData.Count == 0 || competence.Languages.Count == 0 || competence.Languages.Select(LanguageTags.Primary).Any(ofData.Contains);
    }
}
