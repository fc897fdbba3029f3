using Ecosystem.Policy.Decisions;
using Ecosystem.Storage;

namespace Ecosystem.Policy.Ledger;

/// <summary>
/// Appends to the log, in the same transaction as the change that is logged. Whoever loses against another writer starts again with
/// what is the case then: limits such as "at most ten times" are decided on the current count and hold exactly.
/// </summary>
internal sealed class LedgerLog(IDocumentStore store, LedgerHealth health, AgreementNews news) : IDisposable
{
    // Another replica can win each round against this one; a hundred lost rounds in a row mean that something else is wrong.
    private const int MostAttempts = 100;

    // Writers of one process queue here instead of colliding; the etag of the head decides between processes.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Runs a change that appends, and saves both together.</summary>
    /// <exception cref="ConcurrencyException">Other writers won a hundred times.</exception>
    public async Task<T> ChangeAsync<T>(Func<LedgerTransaction, Task<T>> change, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                health.DemandIntact();
                try
                {
                    return await TryAsync(change, ct);
                }
                catch (Exception lost) when (IsLostRace(lost) && attempt < MostAttempts)
                {
                    // Nothing was saved; the next round sees what the winner wrote.
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // Before the first entry there is no head whose etag could tell: then the entry itself is what two writers meet at.
    private static bool IsLostRace(Exception lost) =>
        lost is ConcurrencyException || (lost is UniqueConstraintException taken && taken.DocumentType == LedgerEntryDocument.Type.Name);

    private async Task<T> TryAsync<T>(Func<LedgerTransaction, Task<T>> change, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var head = await session.LoadAsync<LedgerHeadDocument>(LedgerHeadDocument.TheOnlyOne, ct) ?? new LedgerHeadDocument();
        var transaction = new LedgerTransaction(session, head);
        var result = await change(transaction);
        await session.SaveChangesAsync(ct);
        news.Tell(transaction.ChangedAgreements);
        return result;
    }
}
