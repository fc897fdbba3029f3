using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Storage;

/// <summary>
/// While a service is rolled out, replicas of another release go on writing documents without the values of indexes they do not know. This
/// computes them every ten seconds, for an hour after the declarations changed.
/// </summary>
internal sealed partial class FollowOtherReleases(IStoreAdapter adapter, TimeProvider time, ILogger<FollowOtherReleases> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (adapter.RollOut is not { } rollOut)
            return;

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken) && await FollowAsync(rollOut, stoppingToken))
            {
                // Until no other release can be left.
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> FollowAsync(IRollOut rollOut, CancellationToken ct)
    {
        try
        {
            var colliding = await rollOut.FollowOtherReleasesAsync(ct);
            if (colliding is { Count: > 0 })
                Log.Colliding(log, string.Join(", ", colliding));
            return colliding is not null;
        }
        catch (StoreUnavailableException unavailable)
        {
            Log.Later(log, unavailable.Message);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Documents of other replicas could not be indexed now; next attempt in ten seconds. {Reason}")]
        public static partial void Later(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error,
            "Documents {Ids}, written by another release, have a unique value that others have too. They are not found by it, and cannot be saved until it is changed.")]
        public static partial void Colliding(ILogger logger, string ids);
    }
}
