using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>
/// What is measured of calls, by the names of OpenTelemetry's conventions for RPC (opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics).
/// The sizes have the names of version 1.37; later ones have none for them yet.
/// </summary>
/// <param name="meters">Where meters come from.</param>
/// <param name="side"><c>server</c> or <c>client</c>.</param>
internal abstract class CallInstruments(IMeterFactory meters, string side)
{
    public const string MeterName = "Ecosystem.Grpc";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Histogram<double> _duration = meters.Create(MeterName).CreateHistogram(
        $"rpc.{side}.call.duration", "s", $"How long calls take, from the outermost interceptor of the {side}.", tags: null, Seconds);

    private readonly Histogram<long> _requestSize = meters.Create(MeterName).CreateHistogram<long>(
        $"rpc.{side}.request.size", "By", "Size of each request message, before compression.");

    private readonly Histogram<long> _responseSize = meters.Create(MeterName).CreateHistogram<long>(
        $"rpc.{side}.response.size", "By", "Size of each response message, before compression.");

    /// <summary>Whether sizes are wanted: working them out costs a walk over the message.</summary>
    public bool MeasuresSizes => _requestSize.Enabled || _responseSize.Enabled;

    public void Request(string method, long size) => _requestSize.Record(size, System, Method(method));

    public void Response(string method, long size) => _responseSize.Record(size, System, Method(method));

    public void Ended(string method, StatusCode code, TimeSpan duration)
    {
        if (!_duration.Enabled)
        {
            return;
        }

        var name = StatusCodeNames.Of(code);
        var tags = new TagList { System, Method(method), new("rpc.response.status_code", name) };
        if (IsError(code))
        {
            tags.Add("error.type", name);
        }

        _duration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Whether this side counts a status as a failure (opentelemetry.io/docs/specs/semconv/rpc/grpc).</summary>
    public abstract bool IsError(StatusCode code);

    private static KeyValuePair<string, object?> System { get; } = new("rpc.system.name", "grpc");

    private static KeyValuePair<string, object?> Method(string method) => new("rpc.method", method);
}

internal sealed class ServerInstruments(IMeterFactory meters) : CallInstruments(meters, "server")
{
    /// <summary>What a caller did wrong is no failure of the server.</summary>
    public override bool IsError(StatusCode code) => code
        is StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented
        or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}

internal sealed class ClientInstruments(IMeterFactory meters) : CallInstruments(meters, "client")
{
    public override bool IsError(StatusCode code) => code != StatusCode.OK;
}
