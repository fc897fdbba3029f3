using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ecosystem.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP. Off unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the exporter reads the other
/// standard variables (<c>OTEL_SERVICE_NAME</c>, <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, ...) itself.
/// </summary>
internal static class TelemetryExtensions
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Ecosystem.*"];
    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Ecosystem.*"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        AddConsole(builder);
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddEnvironmentVariableDetector();
        builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter());
        builder.Services.AddHostedService(_ => new OtlpExport(
            () => Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build(),
            () => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build()));
    }

    /// <summary>One line an entry for people in Development, JSON for log collectors everywhere else.</summary>
    private static void AddConsole(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }
        else
        {
            builder.Logging.AddJsonConsole();
        }
    }

    /// <summary>Keeps the providers alive as long as the host, and flushes what they hold when it stops.</summary>
    private sealed class OtlpExport(Func<TracerProvider?> traces, Func<MeterProvider?> metrics) : IHostedService, IDisposable
    {
        private readonly List<IDisposable?> _providers = [];

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _providers.Add(traces());
            _providers.Add(metrics());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _providers.ForEach(provider => provider?.Dispose());
    }
}
