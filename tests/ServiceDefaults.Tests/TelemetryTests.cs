using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.ServiceDefaults.Tests;

public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private readonly ConcurrentDictionary<string, string> _received = new(StringComparer.Ordinal);
    private WebApplication _collector = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        _collector = builder.Build();
        _collector.Urls.Add("http://127.0.0.1:0");
        _collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            _received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
        });
        await _collector.StartAsync();
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Endpoint, null);
        Environment.SetEnvironmentVariable(Protocol, null);
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task With_an_endpoint_traces_and_metrics_arrive_without_the_callers_token()
    {
        // The exporter reads the standard variables itself.
        Environment.SetEnvironmentVariable(Endpoint, _collector.Urls.Single());
        Environment.SetEnvironmentVariable(Protocol, "http/protobuf");
        await using (var issuer = await TestIssuer.StartAsync())
        await using (var service = await TestService.StartAsync(issuer.Address))
        {
            service.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token("developer"));
            var answer = await service.Http.GetAsync("/catalog/v1/competences/1");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            service.Http.DefaultRequestHeaders.Authorization = null;
            var refusal = await service.Http.PostAsync("/catalog/v1/competences", new StringContent("{}", Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
        }

        await Eventually.True(() => _received.ContainsKey("/v1/traces") && _received.ContainsKey("/v1/metrics"), "traces and metrics have arrived");
        Assert.Contains("GET", _received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("rpc.server.call.duration", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("ecosystem.catalog.v1.CompetenceService/CreateCompetence", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("UNAUTHENTICATED", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.DoesNotContain(_received.Values, text => text.Contains("Bearer", StringComparison.Ordinal) || text.Contains("subject-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_sent()
    {
        await using (var service = await TestService.StartAsync("http://127.0.0.1:1/"))
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/alive")).StatusCode);
        }

        Assert.Empty(_received);
    }
}
