using System.Diagnostics;
using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit.Abstractions;

namespace Ecosystem.Policy.Tests;

/// <summary>
/// Uses that go on. The clock stands still unless a test moves it, so nobody who only looked now and then would ever learn of what people do; how long it took
/// to be told is printed.
/// </summary>
public sealed class WatchTests(PolicyHost host, ITestOutputHelper output) : IClassFixture<PolicyHost>
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Whoever_watches_a_use_hears_of_the_revocation_and_then_no_more()
    {
        var agreed = await host.AgreedAsync();
        using var call = await WatchAsync(agreed);

        var told = await ToldAsync(call, "revocation", async () =>
            await host.Agreements(Person.Holder).RevokeAgreementAsync(new() { Id = agreed.Id, Reason = "Die Einwilligungen wurden widerrufen." }));

        Assert.Equal((false, "AGREEMENT_NOT_IN_FORCE"), (told.InForce, told.Reason.Code));
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        using var stranger = host.Decisions(Person.Developer).WatchUse(new() { AgreementId = agreed.Id });
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => stranger.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
    }

    [Fact]
    public async Task Whoever_watches_a_use_hears_of_the_suspension_and_that_it_goes_on()
    {
        var agreed = await host.AgreedAsync();
        using var call = await WatchAsync(agreed);

        var suspended = await ToldAsync(call, "suspension", async () => await host.Agreements(Person.Holder).SuspendAgreementAsync(new() { Id = agreed.Id, Reason = "Klärung." }));
        var resumed = await ToldAsync(call, "resumption", async () => await host.Agreements(Person.Holder).ResumeAgreementAsync(new() { Id = agreed.Id }));

        Assert.Equal((false, true), (suspended.InForce, resumed.InForce));
    }

    [Fact]
    public async Task Whoever_watches_a_use_hears_that_the_last_agreed_use_is_used_up()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes.Replace("10", "1", StringComparison.Ordinal));
        using var call = await WatchAsync(agreed);

        var told = await ToldAsync(call, "last use", async () => await host.AskAsync(agreed));

        Assert.Equal((false, "COUNT_EXHAUSTED", 1), (told.InForce, told.Reason.Code, told.Uses));
    }

    [Fact]
    public async Task Whoever_watches_a_use_hears_of_the_end_of_the_period()
    {
        var end = host.Time.GetUtcNow() + Soon;
        var request = host.RequestFor(await host.OfferedAsync(Story.ResearchOnly));
        request.Period.End = end.ToTimestamp();
        var agreed = await host.AgreedAsync(await host.Agreements(Person.Analyst).RequestAgreementAsync(request));
        using var call = await WatchAsync(agreed);

        var told = await ToldAsync(call, "end of the period", end);

        Assert.Equal((false, "AGREEMENT_NOT_IN_FORCE"), (told.InForce, told.Reason.Code));
    }

    [Fact]
    public async Task When_the_terms_end_whoever_watches_hears_of_it_and_the_suspension_is_announced()
    {
        var end = host.Time.GetUtcNow() + Soon;
        var agreed = await host.AgreedAsync($$"""
            { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:five-minutes",
              "permission": [{ "action": "use", "constraint": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "{{end:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}", "@type": "xsd:dateTime" } }] }] }
            """);
        using var call = await WatchAsync(agreed);

        var told = await ToldAsync(call, "end of the terms", end);
        var announced = host.Sidecar.HeardAsync("ecosystem.policy.events.v1.AgreementChanged", agreed.Id, 4);
        await PassAsync(announced, "the suspension was announced");

        Assert.Equal((false, "TIME_NOT_ALLOWED"), (told.InForce, told.Reason.Code));
        Assert.Equal("STATE_SUSPENDED", (await announced)[3].GetProperty("agreement").GetProperty("state").GetString());
    }

    private async Task<AsyncServerStreamingCall<UseStatus>> WatchAsync(Agreement agreed)
    {
        var call = host.Decisions(Person.Analyst).WatchUse(new() { AgreementId = agreed.Id });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(call.ResponseStream.Current.InForce);
        return call;
    }

    /// <summary>What the watcher is told when something happens while the clock stands still.</summary>
    private async Task<UseStatus> ToldAsync(AsyncServerStreamingCall<UseStatus> call, string what, Func<Task> happens)
    {
        var clock = Stopwatch.StartNew();
        await happens();
        var happened = clock.Elapsed;
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Eventually.Deadline));
        output.WriteLine($"{what}: {happened.TotalMilliseconds:0.0} ms to happen, told {(clock.Elapsed - happened).TotalMilliseconds:0.0} ms later");
        return call.ResponseStream.Current;
    }

    /// <summary>What the watcher is told when nothing happens but time.</summary>
    private async Task<UseStatus> ToldAsync(AsyncServerStreamingCall<UseStatus> call, string what, DateTimeOffset end)
    {
        var next = call.ResponseStream.MoveNext(CancellationToken.None);
        host.Time.Advance(end - host.Time.GetUtcNow() - Step);
        Assert.False(next.IsCompleted);
        await PassAsync(next, "the watcher was told");
        Assert.True(await next);
        output.WriteLine($"{what}: told {(host.Time.GetUtcNow() - end).TotalMilliseconds:0.0} ms later by the clock of the service, which this test moves");
        return call.ResponseStream.Current;
    }

    private Task PassAsync(Task awaited, string because) => Eventually.True(
        () =>
        {
            host.Time.Advance(Step);
            return awaited.IsCompleted;
        },
        because);
}
