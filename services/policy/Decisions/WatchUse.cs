using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Decisions;

/// <summary>
/// Tells whoever uses data for longer how the agreement stands: at once what happens here, at the moment itself what the clock ends, and within half a
/// second what another replica changed.
/// </summary>
internal sealed class WatchUse(IDocumentStore store, AgreementNews news, PolicyMeter meter, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public async Task HandleAsync(string agreementId, Caller caller, IServerStreamWriter<UseStatus> statuses, CancellationToken ct)
    {
        UseStatus? told = null;
        using var watcher = news.Watch(agreementId);
        while (true)
        {
            var (status, document, isFinal) = await FindAsync(agreementId, caller, ct);
            if (told is null || (told.InForce, told.Reason?.Code, told.Uses) != (status.InForce, status.Reason?.Code, status.Uses))
            {
                await statuses.WriteAsync(status, ct);
                if (told is { InForce: true } && !status.InForce)
                    meter.Told(time.GetUtcNow() - EndOf(document));
                told = status;
            }

            if (isFinal)
                return;
            await watcher.WaitAsync(UntilNextMoment(document), time, ct);
        }
    }

    /// <summary>When the use ended: by what somebody did, or by the clock.</summary>
    private static DateTimeOffset EndOf(AgreementDocument document) =>
        document.Agreement.State is State.Agreed ? document.OverAt : document.Agreement.Steps[^1].Time.ToDateTimeOffset();

    private TimeSpan UntilNextMoment(AgreementDocument document)
    {
        var now = time.GetUtcNow();
        DateTimeOffset[] moments = [document.Agreement.Period.Start.ToDateTimeOffset(), document.OverAt];
        return moments.Where(moment => moment > now).Select(moment => moment - now).Append(Interval).Min();
    }

    private async Task<(UseStatus Status, AgreementDocument Document, bool IsFinal)> FindAsync(string agreementId, Caller caller, CancellationToken ct)
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
        return (status, document, document.Agreement.IsOver(now) || document.Agreement.State is State.Expired or State.Revoked or State.Refused);
    }
}
