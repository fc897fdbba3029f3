using Ecosystem.Testing;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>Uses that go on. A host of its own, because here the clock runs instead of jumping.</summary>
public sealed class WatchTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task Whoever_watches_a_use_hears_of_the_revocation_and_then_no_more()
    {
        var agreed = await host.AgreedAsync();
        using var call = host.Decisions(Person.Analyst).WatchUse(new() { AgreementId = agreed.Id });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(call.ResponseStream.Current.InForce);

        await host.Agreements(Person.Holder).RevokeAgreementAsync(new() { Id = agreed.Id, Reason = "Die Einwilligungen wurden widerrufen." });
        var next = call.ResponseStream.MoveNext(CancellationToken.None);
        await Eventually.True(
            () =>
            {
                host.Time.Advance(TimeSpan.FromMilliseconds(500));
                return next.IsCompleted;
            },
            "the watcher was told");

        Assert.True(await next);
        Assert.Equal((false, "AGREEMENT_NOT_IN_FORCE"), (call.ResponseStream.Current.InForce, call.ResponseStream.Current.Reason.Code));
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        using var stranger = host.Decisions(Person.Developer).WatchUse(new() { AgreementId = agreed.Id });
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => stranger.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
    }
}
