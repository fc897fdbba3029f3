using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Decisions;

/// <summary>Tells whoever uses data for longer how the agreement stands, also when another replica changed it.</summary>
internal sealed class WatchUse(IDocumentStore store, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public async Task HandleAsync(string agreementId, Caller caller, IServerStreamWriter<UseStatus> statuses, CancellationToken ct)
    {
        UseStatus? told = null;
        while (true)
        {
            var (status, isFinal) = await FindAsync(agreementId, caller, ct);
            if (told is null || (told.InForce, told.Reason?.Code, told.Uses) != (status.InForce, status.Reason?.Code, status.Uses))
                await statuses.WriteAsync(told = status, ct);
            if (isFinal)
                return;
            await Task.Delay(Interval, time, ct);
        }
    }

    private async Task<(UseStatus Status, bool IsFinal)> FindAsync(string agreementId, Caller caller, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var document = agreementId.Length == 0 ? null : await session.LoadAsync<AgreementDocument>(agreementId, ct);
        if (document is null || !OpenAgreements.IsVisible(document.Agreement, caller))
            throw Refusals.NoAgreement(agreementId);
        var now = time.GetUtcNow();
        var count = await session.LoadAsync<UseCountDocument>(agreementId, ct);
        var why = UseRules.NotInForce(document, now);
        var status = new UseStatus
        {
            InForce = why is null,
            Reason = why is { } reason ? new Reason { Code = reason.Code, Sentence = reason.Sentence.Localized() } : null,
            Uses = count?.Uses ?? 0,
            Time = now.ToTimestamp(),
        };
        return (status, document.Agreement.IsOver(now) || document.Agreement.State is State.Expired or State.Revoked or State.Refused);
    }
}
