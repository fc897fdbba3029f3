using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Consents;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Tests;

/// <summary>The service with more of everything than a page may hold, all of it the holder's; written in one transaction, because call by call it takes long.</summary>
public sealed class LongLists : IAsyncLifetime
{
    private const int MoreThanAPage = 201;
    private const int MoreEntriesThanAPage = 1001;

    public PolicyHost Host { get; } = new();

    public async Task InitializeAsync()
    {
        await Host.InitializeAsync();
        await Host.Service<LedgerLog>().ChangeAsync(
            transaction =>
            {
                for (var number = 0; number < MoreThanAPage; number++)
                    Store(transaction.Session, Host.Service<IIdSource>().Next(), Host.Time.GetUtcNow());
                var last = 0L;
                for (var number = 0; number < MoreEntriesThanAPage; number++)
                    last = transaction.Append(new LedgerRecord { Kind = "USE_PERMITTED", HolderId = Person.Holder.Organisation });
                return Task.FromResult(last);
            },
            CancellationToken.None);
    }

    public Task DisposeAsync() => Host.DisposeAsync();

    private static void Store(IDocumentSession session, string id, DateTimeOffset now)
    {
        session.Store(new ConsentDocument { Id = id, Consent = new() { Id = id, HolderId = Person.Holder.Organisation, CreateTime = now.ToTimestamp() } });
        session.Store(new InformationSourceDocument { Id = id, Source = new() { Id = id, HolderId = Person.Holder.Organisation, CreateTime = now.ToTimestamp() } });
        session.Store(new AgreementDocument
        {
            Id = id,
            RequesterSubject = Person.Analyst.Subject,
            Agreement = new()
            {
                Id = id,
                State = State.Requested,
                Assigner = new() { Id = Person.Holder.Organisation },
                Assignee = new() { Id = Person.Analyst.Organisation },
                CreateTime = now.ToTimestamp(),
                Period = new() { Start = now.ToTimestamp(), End = now.AddYears(1).ToTimestamp() },
                Waits = new() { Deadline = now.AddDays(1).ToTimestamp() },
            },
        });
    }
}
