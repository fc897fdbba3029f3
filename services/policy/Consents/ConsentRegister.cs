using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Policy.Consents;

/// <summary>The consents that holders recorded. Every consent and every withdrawal is an entry of the ledger.</summary>
internal sealed class ConsentRegister(LedgerLog ledger, IDocumentStore store, IIdSource ids, TimeProvider time)
{
    private const int LongestReason = 500;
    private const int MostGroups = 100;

    public Task<Consent> RecordAsync(Consent? stated, Caller caller, CancellationToken ct)
    {
        var consent = stated?.Clone() ?? new();
        ConsentRules.Check(consent);
        var now = time.GetUtcNow();
        (consent.Id, consent.HolderId) = (ids.Next(), caller.OrganisationOrRefuse());
        (consent.CreateTime, consent.WithdrawTime, consent.WithdrawalReason) = (now.ToTimestamp(), null, "");
        return ledger.ChangeAsync(
            transaction =>
            {
                Store(new ConsentDocument { Id = consent.Id, Consent = consent }, "CONSENT_RECORDED", consent.Evidence.Trim(), caller, now, transaction);
                return Task.FromResult(consent);
            },
            ct);
    }

    public Task<Consent> WithdrawAsync(string id, string reason, Caller caller, CancellationToken ct)
    {
        if (reason.Trim().Length is 0 or > LongestReason)
            throw RichStatus.InvalidArgument("A withdrawal needs its reason.", ("reason", $"Say why, in at most {LongestReason} characters and without personal data."));
        return ledger.ChangeAsync(
            async transaction =>
            {
                var document = id.Length == 0 ? null : await transaction.Session.LoadAsync<ConsentDocument>(id, ct);
                if (document is null || document.Consent.HolderId != caller.OrganisationOrRefuse())
                    throw NotFound(id);
                if (document.Consent.WithdrawTime is { } before)
                    throw RichStatus.FailedPrecondition("ALREADY_WITHDRAWN", $"The consent was withdrawn at {before.ToDateTimeOffset():u}.");
                var now = time.GetUtcNow();
                (document.Consent.WithdrawTime, document.Consent.WithdrawalReason) = (now.ToTimestamp(), reason.Trim());
                Store(document, "CONSENT_WITHDRAWN", reason.Trim(), caller, now, transaction);
                return document.Consent;
            },
            ct);
    }

    public async Task<Consent> FindAsync(string id, Caller caller, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var consent = id.Length == 0 ? null : (await session.LoadAsync<ConsentDocument>(id, ct))?.Consent;
        return consent is not null && (caller.SeesUseByAll() || consent.HolderId == caller.Organisation) ? consent : throw NotFound(id);
    }

    public async Task<ListConsentsResponse> ListAsync(ListConsentsRequest request, Caller caller, CancellationToken ct)
    {
        var query = DocumentQuery.For(ConsentDocument.Type).OrderByDescending("recorded").Page(PageSize.OrRefuse(request.PageSize), request.PageToken);
        if (!caller.SeesUseByAll())
            query = query.Where("holder", caller.OrganisationOrRefuse());
        if (request.Group.Length > 0)
            query = query.Where("group", request.Group);
        await using var session = store.OpenSession();
        var page = await session.QueryAsync(query, ct);
        return new()
        {
            Consents = { page.Items.Select(document => document.Consent) },
            Page = new() { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }

    /// <summary>Those of the groups whose consent covers the use now.</summary>
    public static async Task<IReadOnlyList<string>> CoveredAsync(
        IReadOnlyCollection<string> groups, string holderId, string dataAssetId, string userId, string purpose, DateTimeOffset now, IDocumentSession session, CancellationToken ct)
    {
        List<string> covered = [];
        foreach (var group in groups.Take(MostGroups))
        {
            var query = DocumentQuery.For(ConsentDocument.Type).Where("holder", holderId).Where("group", group).OrderByDescending("recorded").WithoutTotal();
            await foreach (var document in session.StreamAsync(query, ct))
            {
                if (!ConsentRules.Covers(document.Consent, dataAssetId, userId, purpose, now))
                    continue;
                covered.Add(group);
                break;
            }
        }

        return covered;
    }

    private static void Store(ConsentDocument document, string kind, string evidence, Caller caller, DateTimeOffset now, LedgerTransaction transaction)
    {
        transaction.Session.Store(document);
        transaction.Append(new LedgerRecord
        {
            Kind = kind,
            Time = now.ToTimestamp(),
            HolderId = document.Consent.HolderId,
            Subject = caller.Subject,
            Evidence = evidence,
            ConsentId = document.Id,
            Facts = { new LedgerFact { LeftOperand = Information.KnownFact.Consent, Values = { document.Consent.Group } } },
        });
    }

    private static global::Grpc.Core.RpcException NotFound(string id) => RichStatus.NotFound($"There is no consent '{id}' that you may see.");
}
