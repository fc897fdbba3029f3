using Ecosystem.Policy.Ledger;
using Ecosystem.Storage;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>
/// Ends what is over: agreements in force, their terms, and requests nobody answered in time. Decisions do not wait for it, they look at the clock;
/// this is how everybody else learns of the end.
/// </summary>
internal sealed partial class ExpireAgreements(IDocumentStore store, LedgerLog ledger, TimeProvider time, ILogger<ExpireAgreements> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);

    /// <summary>Expires what is over now and returns how many there were.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        var expired = 0;
        foreach (var id in await OverAsync(ct))
            expired += await ledger.ChangeAsync(transaction => ExpireAsync(id, transaction, ct), ct) ? 1 : 0;
        return expired;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                await ExpireAsync(stoppingToken);
                pause = await UntilNextAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The next round finds the same agreements again; until then decisions refuse them by the clock.
                LogFailure(log, problem);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>How long until something is over: a second, where nothing is before.</summary>
    private async Task<TimeSpan> UntilNextAsync(CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var now = time.GetUtcNow();
        var query = DocumentQuery.For(AgreementDocument.Type)
            .WhereAny("state", AgreementState.Open.Cast<object?>()).WhereRange("over_at", null, now + Interval).OrderBy("over_at").Page(1).WithoutTotal();
        return (await session.QueryAsync(query, ct)).Items is [var next, ..] ? Later(next.OverAt - now) : Interval;
    }

    // What came to its end while others were being expired is next, after a breath.
    private static TimeSpan Later(TimeSpan left) => left > Breath ? left : Breath;

    private async Task<bool> ExpireAsync(string id, LedgerTransaction transaction, CancellationToken ct)
    {
        var document = await transaction.Session.LoadAsync<AgreementDocument>(id, ct);
        var now = time.GetUtcNow();
        if (document is null || document.OverAt > now || !AgreementState.Open.Contains(document.Agreement.State))
            return false;
        if (document.Agreement.IsOver(now))
            document.MoveTo(State.Expired, "", "", AgreementEnd.ReasonOfExpiry(document.Agreement), now, transaction);
        else
            document.SuspendAsOver(now, transaction);
        return true;
    }

    private async Task<IReadOnlyList<string>> OverAsync(CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var query = DocumentQuery.For(AgreementDocument.Type)
            .WhereAny("state", AgreementState.Open.Cast<object?>())
            .WhereRange("over_at", null, time.GetUtcNow().AddTicks(1))
            .Page(DocumentQuery<AgreementDocument>.MaximumPageSize).WithoutTotal();
        return [.. (await session.QueryAsync(query, ct)).Items.Select(document => document.Id)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Agreements that are over could not be expired.")]
    private static partial void LogFailure(ILogger log, Exception problem);
}
