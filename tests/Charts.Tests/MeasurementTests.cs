using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Charts.Tests;

/// <summary>Alerts and dashboards ask only for what the services emit, in expressions that Prometheus can read.</summary>
public sealed partial class MeasurementTests
{
    /// <summary>Of the cluster itself: kube-state-metrics and kubelet.</summary>
    private static readonly string[] OfTheCluster =
    [
        "kube_deployment_status_replicas_available", "kube_deployment_spec_replicas", "kube_pod_container_status_restarts_total",
        "kube_pod_container_resource_limits", "kube_horizontalpodautoscaler_status_current_replicas",
        "kube_horizontalpodautoscaler_spec_max_replicas", "kubelet_volume_stats_available_bytes", "kubelet_volume_stats_capacity_bytes",
        "container_memory_working_set_bytes",
    ];

    [SkippableFact]
    public async Task Every_expression_is_PromQL_over_metrics_that_exist()
    {
        using var files = new ScratchFolder();
        var expressions = Expressions().ToList();
        await files.WriteAsync("expressions.txt", string.Join('\n', expressions.Select(one => Spaces().Replace(one, " "))));

        var read = await Judge.RunAsync("promql.mjs", [.. files.Paths]);

        Assert.True(read.ExitCode == 0, read.Output);
        var named = read.Output.Split('\n').Where(line => line.StartsWith("metrics: ", StringComparison.Ordinal)).SelectMany(line => line[9..].Split(' ')).ToHashSet();
        var known = OfTheCluster.Concat(await EmittedByRuntimeAsync()).Concat(EmittedByServices()).ToHashSet();
        Assert.True(expressions.Count > 25 && named.Count > 15);
        Assert.Empty(named.Except(known));
    }

    [SkippableFact]
    public async Task A_broken_expression_is_found()
    {
        using var files = new ScratchFolder();
        await files.WriteAsync("expressions.txt", "sum by (a (rate(x[5m]))");

        Assert.Equal(1, (await Judge.RunAsync("promql.mjs", [.. files.Paths])).ExitCode);
    }

    [Fact]
    public void The_cluster_s_metrics_are_listed_only_as_long_as_they_are_used() =>
        Assert.All(OfTheCluster, name => Assert.Contains(Expressions(), expression => expression.Contains(name, StringComparison.Ordinal)));

    private static IEnumerable<string> Expressions()
    {
        var files = Path.Combine(Repository.Root, "charts/ecosystem/files");
        var alerts = Rendering.Rendering.Parse(File.ReadAllText(Path.Combine(files, "alerts.yaml")))!["groups"]!.AsArray()
            .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!["expr"]!.GetValue<string>());
        var panels = Directory.GetFiles(Path.Combine(files, "dashboards")).Order(StringComparer.Ordinal)
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!["panels"]!.AsArray())
            .SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>());
        return alerts.Concat(panels);
    }

    /// <summary>What .NET publishes in a process that serves HTTP, under the meters that ServiceDefaults exports.</summary>
    private static async Task<IReadOnlyList<string>> EmittedByRuntimeAsync()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "services/common/ServiceDefaults/Telemetry/TelemetryExtensions.cs"));
        var names = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (source.Contains($"\"{instrument.Meter.Name}\"", StringComparison.Ordinal))
                names.AddRange(InPrometheus(instrument.Name, instrument.Unit, KindOf(instrument)));
        };
        listener.Start();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        await app.StartAsync();
        return names;
    }

    /// <summary>What the services' own code creates.</summary>
    private static IEnumerable<string> EmittedByServices() => Directory.GetFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => Instrument().Matches(File.ReadAllText(file)))
        .SelectMany(match => InPrometheus(match.Groups["name"].Value.Replace("{side}", "server", StringComparison.Ordinal), match.Groups["unit"].Value, match.Groups["kind"].Value));

    private static string KindOf(Instrument instrument) => instrument.GetType().Name switch
    {
        var name when name.StartsWith("Histogram", StringComparison.Ordinal) => "Histogram",
        var name when name.StartsWith("Counter", StringComparison.Ordinal) || name.StartsWith("ObservableCounter", StringComparison.Ordinal) => "Counter",
        _ => "Gauge",
    };

    /// <summary>As the collector's Prometheus exporter names them: opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics.</summary>
    private static IEnumerable<string> InPrometheus(string name, string? unit, string kind)
    {
        var bare = name.Replace('.', '_') + unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return kind switch
        {
            "Histogram" => [$"{bare}_bucket", $"{bare}_count", $"{bare}_sum"],
            "Counter" => [$"{bare}_total"],
            _ => [bare],
        };
    }

    [GeneratedRegex("""Create(?:Observable)?(?<kind>Counter|Histogram|Gauge|UpDownCounter)(?:<\w+>)?\(\s*\$?"(?<name>[^"]+)",\s*(?:\(\) => [^"]+|\w+, )?"(?<unit>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
