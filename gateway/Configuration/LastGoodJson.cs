using Microsoft.Extensions.Configuration.Json;

namespace Ecosystem.Gateway.Configuration;

/// <summary>
/// A JSON file that keeps its last good content when a reload cannot read it. The ordinary provider drops all values then, which
/// would close every route for a missing comma.
/// </summary>
internal sealed class LastGoodJson(LastGoodJsonSource source) : JsonConfigurationProvider(source)
{
    private bool _hasLoaded;

    public override void Load(Stream stream)
    {
        try
        {
            base.Load(stream);
            _hasLoaded = true;
        }
        catch (FormatException exception) when (_hasLoaded)
        {
            source.Problems.Report($"{source.Path} cannot be read; the last good content stays in force. {exception.Message} {exception.InnerException?.Message}");
        }
    }
}

internal sealed class LastGoodJsonSource(ConfigurationProblems problems) : JsonConfigurationSource
{
    public ConfigurationProblems Problems { get; } = problems;

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new LastGoodJson(this);
    }
}

/// <summary>Takes what goes wrong with configuration and logs it; files are read before there is a logger.</summary>
internal sealed class ConfigurationProblems
{
    public ILogger? Logger { get; set; }

    public void Report(string problem) => Logger?.LogError("{Problem}", problem);
}

internal static class LastGoodJsonExtensions
{
    /// <summary>Replaces the JSON files of the host by ones that survive a broken edit.</summary>
    public static void KeepLastGoodJson(this WebApplicationBuilder builder)
    {
        var problems = new ConfigurationProblems();
        var sources = builder.Configuration.Sources;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] is JsonConfigurationSource file)
            {
                sources[i] = new LastGoodJsonSource(problems)
                {
                    FileProvider = file.FileProvider, Path = file.Path!, Optional = file.Optional, ReloadOnChange = file.ReloadOnChange, ReloadDelay = file.ReloadDelay,
                };
            }
        }

        builder.Services.AddSingleton(problems);
        builder.Services.AddHostedService<ProblemLogging>();
    }

    private sealed class ProblemLogging(ConfigurationProblems problems, ILogger<ConfigurationProblems> logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            problems.Logger = logger;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
