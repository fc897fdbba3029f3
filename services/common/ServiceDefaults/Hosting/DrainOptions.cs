using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ecosystem.ServiceDefaults.Hosting;

/// <summary>How a process that is asked to stop takes its leave, section <c>Drain</c>.</summary>
internal sealed class DrainOptions
{
    public const string Section = "Drain";

    /// <summary>
    /// For how long it goes on answering after readiness is off; longer, up to three times this, while requests still come. Longer than
    /// whoever spreads the load needs to notice; zero where nobody does. The host's own limit (<c>SHUTDOWNTIMEOUTSECONDS</c>, 30) includes it.
    /// </summary>
    public TimeSpan Pause { get; set; }

    internal sealed class Validation : IValidateOptions<DrainOptions>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

        public ValidateOptionsResult Validate(string? name, DrainOptions options) =>
            options.Pause >= TimeSpan.Zero && options.Pause <= Longest
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"Drain:Pause is {options.Pause}. Set it to a time from 00:00:00 to {Longest}, e.g. 00:00:05.");
    }
}

internal static class DrainExtensions
{
    public static void AddDrain(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<DrainOptions>, DrainOptions.Validation>();
        builder.Services.AddOptions<DrainOptions>().BindConfiguration(DrainOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<Drain>());
        builder.Services.AddSingleton<IStartupFilter>(services => services.GetRequiredService<Drain>());
        builder.Services.AddHealthChecks().AddCheck<Drain>("accepts-requests");
    }
}
