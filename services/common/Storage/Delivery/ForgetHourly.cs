using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Storage;

/// <summary>Forgets, hour by hour, what is older than anybody needs it.</summary>
/// <param name="what">For messages to people: "Sent events".</param>
/// <param name="keptFor">How long it is needed.</param>
/// <param name="forget">Forgets what is older than a moment.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it says that it could not.</param>
internal sealed partial class ForgetHourly(
    string what, TimeSpan keptFor, Func<DateTimeOffset, CancellationToken, Task<int>> forget, TimeProvider time, ILogger<ForgetHourly> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        try
        {
            do
            {
                await ForgetAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ForgetAsync(CancellationToken ct)
    {
        try
        {
            await forget(time.GetUtcNow() - keptFor, ct);
        }
        catch (StoreUnavailableException unavailable)
        {
            Log.Later(log, what, unavailable.Message); // keeping more than needed does no harm
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{What} could not be forgotten now; next attempt in an hour. {Reason}")]
        public static partial void Later(ILogger logger, string what, string reason);
    }
}

internal static class ForgetHourlyExtensions
{
    /// <summary>Adds one more thing to forget: unlike <c>AddHostedService</c>, which takes each class once.</summary>
    public static void AddForgetting(
        this IServiceCollection services, string what, Func<IServiceProvider, (TimeSpan KeptFor, Func<DateTimeOffset, CancellationToken, Task<int>> Forget)> of) =>
        services.AddSingleton<IHostedService>(provider =>
        {
            var (keptFor, forget) = of(provider);
            return ActivatorUtilities.CreateInstance<ForgetHourly>(provider, what, keptFor, forget);
        });
}
