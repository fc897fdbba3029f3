using Ecosystem.Common.V1;
using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>What rules a pair out whatever else speaks for it.</summary>
internal static class HardConstraints
{
    public static bool Allow(Item asked, Item candidate, DateTimeOffset now) =>
        !SameOrganisation(asked, candidate) && !Names(asked, candidate) && !Names(candidate, asked) && AreasMeet(asked, candidate) && LanguagesMeet(asked, candidate)
        && !IsOver(candidate.Period, now) && PeriodsMeet(asked.Period, candidate.Period);

    private static bool SameOrganisation(Item asked, Item candidate) =>
        asked.Organisation.Id.Length > 0 && asked.Organisation.Id == candidate.Organisation.Id;

    /// <summary>Who names the other already need not be told of it.</summary>
    private static bool Names(Item one, Item other) => one.Named.Contains(other.Id, StringComparer.Ordinal);

    /// <summary>Where both name areas, one of them must contain one of the other's. Who names none is everywhere.</summary>
    private static bool AreasMeet(Item asked, Item candidate) =>
        asked.Areas.Count == 0 || candidate.Areas.Count == 0 || asked.Areas.Any(area => AreaKeys.IsServed(area, candidate.Areas));

    /// <summary>Where both name languages, they must have one in common.</summary>
    private static bool LanguagesMeet(Item asked, Item candidate) =>
        asked.Languages.Count == 0 || candidate.Languages.Count == 0 || asked.Languages.Any(language => candidate.Languages.Contains(language, StringComparer.Ordinal));

    private static bool IsOver(Period? period, DateTimeOffset now) => period?.End is { } end && end.ToDateTimeOffset() <= now;

    private static bool PeriodsMeet(Period? one, Period? other) => one is null || other is null || (StartsBeforeEnd(one, other) && StartsBeforeEnd(other, one));

    private static bool StartsBeforeEnd(Period one, Period other) => one.Start is not { } start || other.End is not { } end || start < end;
}
