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
        report.Limit("catalog.insert-to-searchable-max", await InsertAsync(ours, assets), SoonEnough, "ms");
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

    /// <summary>The most that this process has had in memory since it began; nothing but our index has been loaded.</summary>
    private static double PeakMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1024.0 / 1024.0;
    }
}
