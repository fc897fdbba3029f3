using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;
using Kind = Ecosystem.Catalog.V1.StateCount.Types.Kind;

namespace Ecosystem.Catalog.Statistics;

/// <summary>Answers what there is in the region in figures.</summary>
internal sealed class GetStatistics(CatalogueFigures figures, TimeProvider time)
{
    private const int UsualMonths = 12;
    private const int MostMonths = 120;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public V1.Statistics Handle(GetStatisticsRequest request)
    {
        Check(request);
        DateTimeOffset counted = figures.CountTime
            ?? throw RichStatus.Unavailable("STILL_COUNTING", "The catalogue has just started and is still counting; ask again in a moment.", Soon);
        DateTimeOffset now = time.GetUtcNow();
        int thisMonth = CountedThing.MonthOf(now);
        int firstMonth = thisMonth + 1 - (request.MonthCount == 0 ? UsualMonths : request.MonthCount);
        var total = new Counts();
        var states = new SortedDictionary<(Kind Kind, string State), int>();
        var areas = new SortedDictionary<string, Counts>(StringComparer.Ordinal);
        Counts[] themes = [.. Enum.GetValues<DataSpaceTheme>().Select(_ => new Counts())];
        Counts[] registered = [.. Enumerable.Range(firstMonth, thisMonth + 1 - firstMonth).Select(_ => new Counts())];
        var earlier = new Counts();
        figures.Each(thing =>
        {
            if (!IsWanted(thing, request))
            {
                return;
            }

            Add(total, thing.Kind);
            states[(thing.Kind, thing.StateAt(now))] = states.GetValueOrDefault((thing.Kind, thing.StateAt(now))) + 1;
            foreach (string key in thing.Areas.Select(a => PartOf(request.AreaKey, a)).OfType<string>().Distinct())
            {
                Add(areas.TryGetValue(key, out Counts? known) ? known : areas[key] = new Counts(), thing.Kind);
            }

            foreach (DataSpaceTheme theme in Enum.GetValues<DataSpaceTheme>().Where(thing.Carries))
            {
                Add(themes[(int)theme], thing.Kind);
            }

            Add(thing.Month < firstMonth ? earlier : registered[Math.Min(thing.Month, thisMonth) - firstMonth], thing.Kind);
        });

        return new V1.Statistics
        {
            CountTime = Timestamp.FromDateTimeOffset(counted),
            Total = total,
            States = { states.Select(s => new StateCount { Kind = s.Key.Kind, State = s.Key.State, Count = s.Value }) },
            Areas = { areas.Select(a => new AreaCounts { Area = new Area { Key = a.Key, Name = AreaNames.Of(a.Key) ?? string.Empty }, Counts = a.Value }) },
            Themes = { themes.Skip(1).Select((counts, i) => new ThemeCounts { Theme = (DataSpaceTheme)(i + 1), Counts = counts }) },
            Months = { Months(firstMonth, earlier, registered) },
        };
    }

    private static void Check(GetStatisticsRequest request)
    {
        var violations = new Violations();
        if (request.AreaKey.Length > 0)
        {
            violations.CheckAreas("area_key", [new Area { Key = request.AreaKey }]);
        }

        violations.Unless(Enum.IsDefined(request.Theme), "theme", "This theme is not known.", "Dieses Thema gibt es nicht.");
        violations.Unless(
            request.MonthCount is >= 0 and <= MostMonths,
            "month_count",
            $"Ask for 1 to {MostMonths} months.",
            $"Fragen Sie nach 1 bis {MostMonths} Monaten.");
        violations.ThrowIfAny("The figures cannot be given");
    }

    private static bool IsWanted(CountedThing thing, GetStatisticsRequest request) =>
        (request.AreaKey.Length == 0 || thing.LiesIn(request.AreaKey))
        && (request.Theme == DataSpaceTheme.Unspecified || thing.Carries(request.Theme));

    /// <summary>The part of <paramref name="whole"/> in which an area lies; null when it lies elsewhere or is the whole itself.</summary>
    private static string? PartOf(string whole, string key) => key.StartsWith(whole, StringComparison.Ordinal)
        ? AreaNames.Containing(key).FirstOrDefault(k => k.Length > whole.Length)
        : null;

    private static IEnumerable<MonthCounts> Months(int first, Counts earlier, Counts[] registered)
    {
        Counts total = earlier.Clone();
        for (int i = 0; i < registered.Length; i++)
        {
            total.DataAssets += registered[i].DataAssets;
            total.Competences += registered[i].Competences;
            total.Solutions += registered[i].Solutions;
            total.ReferenceProjects += registered[i].ReferenceProjects;
            yield return new MonthCounts { Month = CountedThing.NameOfMonth(first + i), Registered = registered[i], Total = total.Clone() };
        }
    }

    private static void Add(Counts counts, Kind kind)
    {
        switch (kind)
        {
            case Kind.DataAsset: counts.DataAssets++; break;
            case Kind.Competence: counts.Competences++; break;
            case Kind.Solution: counts.Solutions++; break;
            case Kind.ReferenceProject: counts.ReferenceProjects++; break;
        }
    }
}
