using Ecosystem.Storage;

namespace Ecosystem.Matching.Learning;

/// <summary>
/// Learns every so often (<c>Matching:LearnEvery</c>, a day unless said otherwise; zero is never), counted from the last time that is in the store, so
/// that restarts do not put it off and of several copies one learns.
/// </summary>
internal sealed class LearnOnSchedule(RankingShelf shelf, IConfiguration configuration, TimeProvider time, ILogger<LearnOnSchedule> log) : BackgroundService
{
    /// <summary>How often it is looked whether it is time.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan every = configuration.GetValue("Matching:LearnEvery", TimeSpan.FromDays(1));
        if (every <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(every < Look ? every : Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await shelf.LearnIfDueAsync(every, stoppingToken) is not { } report) continue;
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
