using Ecosystem.Storage;

namespace Ecosystem.Matching.Learning;

/// <summary>Learns every so often (<c>Matching:LearnEvery</c>, a day unless said otherwise; zero is never).</summary>
internal sealed class LearnOnSchedule(RankingShelf shelf, IConfiguration configuration, TimeProvider time, ILogger<LearnOnSchedule> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan every = configuration.GetValue("Matching:LearnEvery", TimeSpan.FromDays(1));
        if (every <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                V1.LearningReport report = await shelf.LearnAsync(stoppingToken);
                log.LogInformation(
                    "Learnt from {Answers} answers of {Organisations} organisations: quality {Before:0.000} before, {After:0.000} after, version {Version} in use",
                    report.Answers, report.Organisations, report.QualityBefore, report.QualityAfter, report.Version);
            }
            catch (Exception problem) when (problem is StoreUnavailableException or ConcurrencyException)
            {
                log.LogWarning(problem, "Learning has to wait for the next turn");
            }
        }
    }
}
