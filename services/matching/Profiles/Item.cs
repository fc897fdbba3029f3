using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Profiles;

/// <summary>What can be brought together.</summary>
internal enum ItemKind
{
    DataAsset,
    Competence,
    Need,
    Solution,
    Question,
}

/// <summary>One text of an item.</summary>
/// <param name="Field">The field it stands in, as reasons name it.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">Its language as a BCP 47 tag; empty when unknown.</param>
internal readonly record struct ItemText(string Field, string Text, string Language);

/// <summary>An item as the engine compares it: the same for all kinds, so that every kind meets every other by the same rules.</summary>
internal sealed record Item
{
    public required ItemKind Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>Who holds, has, needs or offers it.</summary>
    public required Organisation Organisation { get; init; }

    public required LocalizedText Title { get; init; }

    public required IReadOnlyList<ItemText> Texts { get; init; }

    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Folded, see <see cref="Terms.Fold"/>.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    public IReadOnlyList<Area> Areas { get; init; } = [];

    /// <summary>Primary subtags.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>What it is meant for, IRIs.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>When it is needed or can be used; null when at any time.</summary>
    public Period? Period { get; init; }

    /// <summary>Items it names itself, by id: they need not be proposed.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The terms of data, as ODRL in JSON-LD; null for everything else.</summary>
    public DataAsset? Asset { get; init; }

    public static Item Of(DataAsset asset) => new()
    {
        Kind = ItemKind.DataAsset,
        Id = asset.Id,
        Organisation = asset.Holder ?? new Organisation(),
        Title = asset.Title ?? new LocalizedText(),
        Texts =
        [
            .. TextsOf("title", asset.Title), .. asset.Keywords.Select(keyword => new ItemText("keywords", keyword.Text, keyword.Language)),
            .. TextsOf("description", asset.Description),
        ],
        Themes = [.. asset.Themes],
        Modalities = Fold(asset.Modalities),
        Areas = [.. asset.Areas],
        Languages = Primary(asset.Distributions.SelectMany(distribution => distribution.Languages)),
        Period = asset.RetentionPeriod,
        Asset = asset,
    };

    public static Item Of(Competence competence) => new()
    {
        Kind = ItemKind.Competence,
        Id = competence.Id,
        Organisation = competence.Provider ?? new Organisation(),
        Title = competence.Title ?? new LocalizedText(),
        Texts =
        [
            .. TextsOf("title", competence.Title), .. competence.Methods.Select(method => new ItemText("methods", method, "en")),
            .. TextsOf("description", competence.Description),
        ],
        Themes = [.. competence.Themes],
        Modalities = Fold(competence.Modalities),
        Areas = [.. competence.Areas],
        Languages = Primary(competence.Languages),
        Purposes = [.. competence.Purposes],
    };

    public static Item Of(Need need) => new()
    {
        Kind = ItemKind.Need,
        Id = need.Id,
        Organisation = need.Organisation,
        Title = need.Title,
        Texts =
        [
            .. TextsOf("title", need.Title), .. need.TargetGroups.Select(group => new ItemText("target_groups", group, "")),
            .. TextsOf("description", need.Description),
        ],
        Themes = [.. need.Themes],
        Modalities = Fold(need.Modalities),
        Areas = [.. need.Areas],
        Languages = Primary(need.Languages),
        Purposes = [.. need.Purposes],
        Period = need.Period,
    };

    public static Item Of(Solution solution) => new()
    {
        Kind = ItemKind.Solution,
        Id = solution.Id,
        Organisation = solution.Provider ?? new Organisation(),
        Title = solution.Title ?? new LocalizedText(),
        Texts =
        [
            .. TextsOf("title", solution.Title),
            .. solution.TargetGroups.Select(group => new ItemText("target_groups", group, "")),
            .. TextsOf("description", solution.Description),
        ],
        Areas = [.. solution.Areas],
        Languages = Primary(solution.Languages),
    };

    public static Item Of(Question question) => new()
    {
        Kind = ItemKind.Question,
        Id = question.Id,
        Organisation = question.Proposer ?? new Organisation(),
        Title = question.Title ?? new LocalizedText(),
        Texts = [.. TextsOf("title", question.Title), .. TextsOf("description", question.Description)],
        Areas = [.. question.Areas],
        Purposes = [question.Purpose],
        Named = [.. question.DataAssetIds],
    };

    private static IEnumerable<ItemText> TextsOf(string field, LocalizedText? text) =>
        (text?.Values ?? []).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => new ItemText(field, value.Value, value.Key));

    private static string[] Fold(IEnumerable<string> modalities) => [.. modalities.Select(Terms.Fold).Distinct(StringComparer.Ordinal)];

    private static string[] Primary(IEnumerable<string> languages) => [.. languages.Select(LanguageTags.Primary).Distinct(StringComparer.Ordinal)];
}
