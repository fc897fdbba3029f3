using System.Net;
using Ecosystem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>A process that is asked to stop takes its leave.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_stopping_service_is_not_ready_and_answers_until_nobody_asks_any_more()
    {
        var time = new ManualTime();
        await using var service = await TestService.StartAsync("http://127.0.0.1:1/", builder =>
        {
            builder.Configuration["Drain:Pause"] = "00:00:05";
            builder.Services.AddSingleton<TimeProvider>(time);
        });
        using var before = await service.Http.GetAsync("/catalog/v1/competences/1");
        Assert.False(before.Headers.Contains("x-draining"));

        var stopping = service.StopAsync();
        await Eventually.True(async () => (await service.Http.GetAsync("/health")).StatusCode == HttpStatusCode.ServiceUnavailable, "readiness is off");
        time.Advance(TimeSpan.FromSeconds(4.5));
        using var atTheEndOfThePause = await service.Http.GetAsync("/catalog/v1/competences/1");
        time.Advance(TimeSpan.FromSeconds(0.6));
        using var during = await service.Http.GetAsync("/catalog/v1/competences/1");
        using var alive = await service.Http.GetAsync("/alive");

        Assert.Equal((HttpStatusCode.OK, true, true), (during.StatusCode, during.Headers.Contains("x-draining"), during.Headers.ConnectionClose));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        await Eventually.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return stopping.IsCompletedSuccessfully;
            },
            "the service has stopped");
        await Assert.ThrowsAsync<HttpRequestException>(() => service.Http.GetAsync("/alive"));
    }

    [Fact]
    public async Task A_leave_that_would_take_for_ever_is_refused_with_its_fix()
    {
        var refusal = await Assert.ThrowsAsync<Hosting.ConfigurationException>(() =>
            TestService.StartAsync("http://127.0.0.1:1/", builder => builder.Configuration["Drain:Pause"] = "5"));

        Assert.Contains("e.g. 00:00:05", refusal.Message, StringComparison.Ordinal);
    }
}
