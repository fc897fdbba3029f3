using System.Diagnostics;
using System.Globalization;
using Ecosystem.Search;

namespace Ecosystem.Bench.Catalog;

/// <summary>What must hold for us whatever others can do: memory, how soon a change is found while others search, and how soon we are back.</summary>
internal static class OwnLimits
{
    private const double MostMemory = 3 * 1024;
    private const double SoonEnough = 1_000;
    private const double ReadyAgain = 10_000;
    private const int Changes = 2_000;

    public static async Task CheckAsync(BenchReport report, OurCatalogue ours, int assets, string folder)
    {
        var pauses = GC.GetTotalPauseDuration();
        report.Limit("catalog.insert-to-searchable-max", await InsertAsync(ours, assets), SoonEnough, "ms");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"of all {Changes} changes together the collector held up {(GC.GetTotalPauseDuration() - pauses).TotalMilliseconds:0} ms"));
        var (hits, pages, seconds) = ReadToTheEnd(ours);
        report.Note(string.Create(CultureInfo.InvariantCulture, $"a result of {hits} hits was read to its end in {pages} pages and {seconds:0.0} s, each hit once"));
        report.Limit("catalog.resident-memory-peak", PeakMemory(), MostMemory, "MiB");
        report.Limit("catalog.restart-to-ready", ours.Restart(folder).TotalMilliseconds, ReadyAgain, "ms");
    }

    /// <summary>The longest time from the beginning of a change until a search finds it, while another thread searches without pause.</summary>
    private static async Task<double> InsertAsync(OurCatalogue ours, int assets)
    {
        using var done = new CancellationTokenSource();
        var questions = Question.Make(QuestionKind.Faceted, 100, assets);
        var asking = Task.Run(async () =>
        {
            for (var number = 0; !done.IsCancellationRequested; number++)
                await ours.AskAsync(questions[number % questions.Length]);
        });
        var slowest = 0.0;
        for (var number = 0; number < Changes; number++)
        {
            var word = string.Create(CultureInfo.InvariantCulture, $"neuzugang{number}");
            var asset = Corpus.Asset(assets + number);
            var before = Stopwatch.GetTimestamp();
            ours.Index.PutMany([OurCatalogue.DocumentOf(asset with { Title = $"{asset.Title} {word}" })]);
            while (ours.Index.Search(new SearchQuery { Text = word, TolerateTypos = false }).TotalHits == 0)
                await Task.Yield();
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        await done.CancelAsync();
        await asking;
        return slowest;
    }

    /// <summary>Reads a result with everything page by page, while assets are added that it must not show.</summary>
    private static (int Hits, int Pages, double Seconds) ReadToTheEnd(OurCatalogue ours)
    {
        var clock = Stopwatch.StartNew();
        var expected = ours.Index.Count;
        var seen = new HashSet<string>(expected, StringComparer.Ordinal);
        var pages = 0;
        var query = new SearchQuery { PageSize = SearchQuery.LargestPage, SnippetLength = 0 };
        for (var token = default(string); pages == 0 || token is not null; pages++)
        {
            var page = ours.Index.Search(query with { PageToken = token });
            if (!page.Hits.All(hit => seen.Add(hit.Id)))
                throw new InvalidOperationException("A hit was read twice.");
            token = page.NextPageToken;
            ours.Index.PutMany([OurCatalogue.DocumentOf(Corpus.Asset(expected + Changes + pages))]);
        }

        return seen.Count == expected
            ? (expected, pages, clock.Elapsed.TotalSeconds)
            : throw new InvalidOperationException($"Of {expected} hits {seen.Count} were read.");
    }

    /// <summary>The most that this process has had in memory since it began; nothing but our index has been loaded.</summary>
    private static double PeakMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1024.0 / 1024.0;
    }
}
