using System.Diagnostics;
using System.Globalization;

namespace Ecosystem.Bench.Catalog;

/// <summary>A million descriptions, searched by us, by PostgreSQL and by SQLite's FTS5: the same corpus, the same questions, one after the other.</summary>
internal static class CatalogArea
{
    private const int Usual = 1_000_000;
    private const int QuestionsAsked = 400;
    private const double PostgresWithFacets = 20;
    private const double Fts5WithoutFacets = 3;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    /// <summary>BENCH_ASSETS chooses a smaller corpus for development.</summary>
    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var assets = int.Parse(Environment.GetEnvironmentVariable("BENCH_ASSETS") ?? Usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("ecosystem-bench-");
        try
        {
            await using var ours = new OurCatalogue();
            await LoadAsync(ours, assets);
            await OwnLimits.CheckAsync(report, ours, assets, Path.Combine(folder.FullName, "index"));
            await using var fts5 = new Fts5Catalogue(Path.Combine(folder.FullName, "fts5.db"));
            await using var postgres = await PostgresCatalogue.StartAsync();
            ICatalogue[] peers = postgres is null ? [fts5] : [postgres, fts5];
            foreach (var peer in peers)
                await LoadAsync(peer, assets);
            foreach (var kind in Enum.GetValues<QuestionKind>())
                await CompareAsync(report, rounds, kind, assets, ours, kind == QuestionKind.Faceted ? [.. peers.Where(peer => peer != fts5)] : peers);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task LoadAsync(ICatalogue catalogue, int assets)
    {
        var clock = Stopwatch.StartNew();
        await catalogue.LoadAsync(assets);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{catalogue.Name} holds {assets} assets after {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private static async Task CompareAsync(BenchReport report, int rounds, QuestionKind kind, int assets, ICatalogue ours, ICatalogue[] peers)
    {
        var questions = Question.Make(kind, QuestionsAsked, assets);
        var all = ((ICatalogue[])[ours, .. peers]).ToDictionary(catalogue => catalogue, _ => new Answers());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (catalogue, answers) in all)
            {
                // Round 0 warms up: compilers, caches, and for us the tokens of deep pages.
                var measured = await MeasureAsync(catalogue, questions, round);
                if (round > 0)
                    answers.Add(measured);
            }
        }

        var name = $"catalog.{kind.ToString().ToLowerInvariant()}";
        foreach (var peer in peers)
        {
            var goal = (kind, peer.Name) switch
            {
                (QuestionKind.Faceted, "postgres") => PostgresWithFacets,
                (not QuestionKind.Faceted, "fts5") => Fts5WithoutFacets,
                _ => (double?)null,
            };
            report.Add(name, peer.Name, all[ours].Rates, all[peer].Rates, "queries/s", goal);
            foreach (var share in (double[])[0.5, 0.99])
                report.AddTime(string.Create(CultureInfo.InvariantCulture, $"{name}-p{share * 100:0}"), peer.Name, all[ours].Percentile(share), all[peer].Percentile(share), "ms");
        }
    }

    private static async Task<double[]> MeasureAsync(ICatalogue catalogue, Question[] questions, int round)
    {
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        for (var number = round * 7; clock.Elapsed < Time || times.Count < 5; number++)
        {
            var before = Stopwatch.GetTimestamp();
            await catalogue.AskAsync(questions[number % questions.Length]);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return [.. times];
    }
}

/// <summary>How long the answers to one kind of question took.</summary>
internal sealed class Answers
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Answers per second in each round.</summary>
    public List<double> Rates { get; } = [];

    public void Add(double[] milliseconds)
    {
        _milliseconds.AddRange(milliseconds);
        Rates.Add(milliseconds.Length / milliseconds.Sum() * 1000);
    }

    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
