using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Tests.Calls;

/// <summary>What is measured and logged of calls, at the server and at the client.</summary>
public sealed class TelemetryTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "secret-4711";

    private readonly ConcurrentQueue<Measurement> _measured = new();
    private readonly LogLines _lines = new();
    private readonly MeterListener _listener = new();
    private EchoServer _server = null!;
    private ServiceProvider _clients = null!;
    private Echo.EchoClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync(services: services =>
        {
            services.AddLogging(logging => logging.AddProvider(_lines).SetMinimumLevel(LogLevel.Debug));
            services.AddGrpc().AddCallTelemetry().AddJsonTranscoding();
        });
        var clients = new ServiceCollection();
        clients.AddLogging(logging => logging.AddProvider(_lines).SetMinimumLevel(LogLevel.Debug));
        clients.AddGrpcClientTelemetry();
        clients.AddGrpcClient<Echo.EchoClient>(o => o.Address = _server.GrpcAddress);
        _clients = clients.BuildServiceProvider();
        _client = _clients.GetRequiredService<Echo.EchoClient>();

        var meters = new[] { _server.Services, _clients }.Select(services => services.GetRequiredService<IMeterFactory>()).ToArray();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests measure at the same time, with meters of their own.
            if (meters.Contains(instrument.Meter.Scope))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _measured.Enqueue(Measurement.Of(instrument, value, tags)));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Enqueue(Measurement.Of(instrument, value, tags)));
        _listener.Start();
    }

    public async Task DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_call_is_measured_on_both_sides_by_the_names_of_the_conventions()
    {
        var request = new EchoRequest { Text = "hello", Size = 100 };
        var reply = await _client.SayAsync(request);

        await Eventually.True(() => Of("rpc.server.call.duration").Count == 1 && Of("rpc.client.call.duration").Count == 1, "the call is measured");
        foreach (var side in new[] { "server", "client" })
        {
            var duration = Assert.Single(Of($"rpc.{side}.call.duration"));
            Assert.Equal("s", duration.Unit);
            Assert.True(duration.Value > 0);
            Assert.Equal("rpc.method=testing.v1.Echo/Say rpc.response.status_code=OK rpc.system.name=grpc", duration.Tags);
            Assert.Equal((request.CalculateSize(), "By"), ((int)Assert.Single(Of($"rpc.{side}.request.size")).Value, Assert.Single(Of($"rpc.{side}.request.size")).Unit));
            Assert.Equal(reply.CalculateSize(), Assert.Single(Of($"rpc.{side}.response.size")).Value);
        }
    }

    [Fact]
    public async Task The_messages_of_streams_are_measured_one_by_one()
    {
        using var chat = _client.Chat();
        for (var i = 0; i < 3; i++)
        {
            await chat.RequestStream.WriteAsync(new EchoRequest { Text = "hello" });
            Assert.True(await chat.ResponseStream.MoveNext());
        }

        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());
        using var join = _client.Join();
        await join.RequestStream.WriteAsync(new EchoRequest { Text = "hello" });
        await join.RequestStream.CompleteAsync();
        await join;
        using var repeat = _client.Repeat(new EchoRequest { Count = 2 });
        await repeat.ResponseStream.ReadAllAsync().ToListAsync();

        await Eventually.True(() => Of("rpc.server.call.duration").Count == 3, "all calls have ended");
        foreach (var side in new[] { "server", "client" })
        {
            Assert.Equal(3, Of($"rpc.{side}.call.duration").Count);
            Assert.Equal((3 + 1 + 1, 3 + 1 + 2), (Of($"rpc.{side}.request.size").Count, Of($"rpc.{side}.response.size").Count));
        }
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, "PERMISSION_DENIED", false)]
    [InlineData(StatusCode.Internal, "INTERNAL", true)]
    public async Task Only_what_is_the_servers_fault_is_its_error(StatusCode code, string name, bool isServersFault)
    {
        await Assert.ThrowsAsync<RpcException>(async () => await _client.SayAsync(new EchoRequest { Text = Secret, FailWith = (int)code }));

        await Eventually.True(() => Of("rpc.server.call.duration").Count == 1 && Of("rpc.client.call.duration").Count == 1, "the call is measured");
        var error = $"error.type={name} ";
        var rest = $"rpc.method=testing.v1.Echo/Say rpc.response.status_code={name} rpc.system.name=grpc";
        Assert.Equal((isServersFault ? error : "") + rest, Of("rpc.server.call.duration")[0].Tags);
        Assert.Equal(error + rest, Of("rpc.client.call.duration")[0].Tags);
        var line = Assert.Single(_lines.Of("Served"));
        Assert.Equal(isServersFault ? LogLevel.Warning : LogLevel.Information, line.Level);
        Assert.Contains($"testing.v1.Echo/Say ended with {name} ASKED_TO after ", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_end_otherwise_are_measured_too()
    {
        await Assert.ThrowsAsync<RpcException>(async () => await _client.SayAsync(new EchoRequest { Text = "crash" }));
        using (var repeat = _client.Repeat(new EchoRequest { Count = -1 }))
        {
            Assert.True(await repeat.ResponseStream.MoveNext());
        }

        await Eventually.True(() => Of("rpc.server.call.duration").Count == 2, "both calls have ended");
        Assert.Contains("error.type=UNKNOWN ", Of("rpc.server.call.duration")[0].Tags, StringComparison.Ordinal);
        Assert.Contains("rpc.response.status_code=CANCELLED", Of("rpc.server.call.duration")[1].Tags, StringComparison.Ordinal);
        Assert.Contains("rpc.response.status_code=CANCELLED", Of("rpc.client.call.duration")[1].Tags, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_over_REST_is_measured_as_the_method_it_is()
    {
        using var http = _server.Http();
        await http.PostAsync("/echo/v1/say", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));

        await Eventually.True(() => Of("rpc.server.call.duration").Count == 1, "the call is measured");
        Assert.Equal("rpc.method=testing.v1.Echo/Say rpc.response.status_code=OK rpc.system.name=grpc", Of("rpc.server.call.duration")[0].Tags);
    }

    [Fact]
    public async Task What_was_said_and_who_said_it_is_never_logged()
    {
        Metadata token = new() { { "authorization", $"Bearer {Secret}" } };
        await _client.SayAsync(new EchoRequest { Text = Secret }, token);
        await Assert.ThrowsAsync<RpcException>(async () => await _client.SayAsync(new EchoRequest { Text = Secret, FailWith = 3 }, token));
        using var http = _server.Http();
        await http.PostAsync("/echo/v1/say", new StringContent($$"""{"{{Secret}}":1}""", System.Text.Encoding.UTF8, "application/json"));

        await Eventually.True(() => _lines.Of("Served").Count == 2, "the calls are logged");
        Assert.DoesNotContain(_lines.Of(""), line => line.Text.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(_measured, measurement => measurement.Tags.Contains(Secret, StringComparison.Ordinal));
    }

    private List<Measurement> Of(string instrument) => [.. _measured.Where(measurement => measurement.Instrument == instrument)];

    private sealed record Measurement(string Instrument, string? Unit, double Value, string Tags)
    {
        public static Measurement Of(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(
            instrument.Name, instrument.Unit, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)));
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

        public List<(LogLevel Level, string Text)> Of(string beginning) => [.. _lines.Where(line => line.Text.StartsWith(beginning, StringComparison.Ordinal))];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
