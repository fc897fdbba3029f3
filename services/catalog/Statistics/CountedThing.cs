using System.Globalization;
using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = Ecosystem.Catalog.V1.StateCount.Types.Kind;

namespace Ecosystem.Catalog.Statistics;

/// <summary>What the figures need to know of one thing; of a million of them there is one each in memory.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="State">Its state in lower case; empty for competences, whose state depends on the time.</param>
/// <param name="ExpireTime">Until when a competence is verified, in Unix seconds; null when it is not.</param>
/// <param name="Areas">The keys of its areas.</param>
/// <param name="Themes">One bit for each theme of the data space.</param>
/// <param name="Month">The month of its registration, counted from January of the year 0.</param>
internal sealed record CountedThing(Kind Kind, string State, long? ExpireTime, IReadOnlyList<string> Areas, int Themes, int Month)
{
    private const int MonthsOfAYear = 12;

    /// <returns>Null for what is not shown in public.</returns>
    public static CountedThing? Of(DataAssetDocument document) => LifeRules.IsPublic(document.Asset.State)
        ? new CountedThing(
            Kind.DataAsset, Lower(document.Asset.State), null, Keys(document.Asset.Areas), Bits(document.Asset.DataSpaceThemes), MonthOf(document.Asset.CreateTime))
        : null;

    public static CountedThing Of(CompetenceDocument document) => new(
        Kind.Competence, string.Empty, document.Competence.Verification?.ExpireTime?.Seconds, Keys(document.Competence.Areas), 0, MonthOf(document.Competence.CreateTime));

    public static CountedThing Of(ExhibitDocument<Solution> document) => new(
        Kind.Solution, Lower(document.Resource.Status), null, Keys(document.Resource.Areas), Bits(document.Resource.DataSpaceThemes), MonthOf(document.Resource.CreateTime));

    public static CountedThing Of(ExhibitDocument<ReferenceProject> document) => new(
        Kind.ReferenceProject, Lower(document.Resource.Status), null, Keys(document.Resource.Areas), Bits(document.Resource.DataSpaceThemes), MonthOf(document.Resource.CreateTime));

    public string StateAt(DateTimeOffset now) => Kind != Kind.Competence
        ? State
        : ExpireTime is not { } end ? "unverified" : end > now.ToUnixTimeSeconds() ? "verified" : "expired";

    public bool LiesIn(string areaKey) => Areas.Any(key => key.StartsWith(areaKey, StringComparison.Ordinal));

    public bool Carries(DataSpaceTheme theme) => (Themes & (1 << (int)theme)) != 0;

    public static int MonthOf(DateTimeOffset time) => (time.UtcDateTime.Year * MonthsOfAYear) + time.UtcDateTime.Month - 1;

    public static string NameOfMonth(int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{month / MonthsOfAYear:0000}-{(month % MonthsOfAYear) + 1:00}");

    private static int MonthOf(Timestamp? time) => MonthOf((time ?? new Timestamp()).ToDateTimeOffset());

    private static int Bits(IEnumerable<DataSpaceTheme> themes) => themes.Aggregate(0, (bits, theme) => bits | (1 << (int)theme));

    private static string[] Keys(IEnumerable<Common.V1.Area> areas) => [.. areas.Select(a => string.Intern(a.Key))];

    /// <summary>DigaListed becomes diga_listed.</summary>
    private static string Lower<TState>(TState state)
        where TState : struct, System.Enum =>
        string.Intern(string.Concat(state.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i == 0 ? string.Empty : "_")}{char.ToLowerInvariant(c)}" : $"{c}")));
}
