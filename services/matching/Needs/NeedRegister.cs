using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Events.V1;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Matching.V1.Need.Types.State;

namespace Ecosystem.Matching.Needs;

/// <summary>States, changes and closes needs: version, times and event go together.</summary>
internal sealed class NeedRegister(IDocumentStore store, IIdSource ids, TimeProvider time, ProfileIndex profiles)
{
    public async Task<Need> CreateAsync(Need? stated, Caller caller, CancellationToken ct)
    {
        string organisation = caller.OrganisationOrRefuse();
        var need = new Need();
        FieldMaskUpdate.Apply(stated ?? new Need(), need, mask: null, NeedRules.Settable, new Violations());
        NeedRules.CheckOrRefuse(need);

        need.Id = ids.Next();
        need.Organisation = new Organisation { Id = organisation, Name = profiles.NameOf(organisation) };
        need.State = State.Open;
        need.CreateTime = Now();
        await using IDocumentSession session = store.OpenSession();
        return await SaveAsync(session, new NeedDocument { Id = need.Id, Need = need }, ct);
    }

    public async Task<Need> GetAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await FindAsync(session, id, ct));
    }

    public async Task<Need> UpdateAsync(Need? wanted, FieldMask? fields, Caller caller, CancellationToken ct)
    {
        wanted ??= new Need();
        await using IDocumentSession session = store.OpenSession();
        NeedDocument document = await FindOpenAsync(session, wanted.Id, caller, ct);
        Need changed = document.Need.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, fields, NeedRules.Settable, mask);
        mask.ThrowIfAny("The need cannot be changed so.");
        NeedRules.CheckOrRefuse(changed);

        session.Expect(document, wanted.Etag);
        document.Need = changed;
        return await SaveAsync(session, document, ct);
    }

    public async Task<Need> CloseAsync(CloseNeedRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        violations.Unless(
            request.State is State.Met or State.Withdrawn,
            "state",
            "A need ends as STATE_MET or STATE_WITHDRAWN.",
            "Ein Bedarf endet als STATE_MET (gedeckt) oder STATE_WITHDRAWN (entfallen).");
        violations.RequireText("reason", request.Reason, Lengths.Reason);
        violations.ThrowIfAny("The need cannot be closed so.");

        await using IDocumentSession session = store.OpenSession();
        NeedDocument document = await FindOpenAsync(session, request.Id, caller, ct);
        session.Expect(document, request.Etag);
        (document.Need.State, document.Need.StateReason) = (request.State, request.Reason);
        return await SaveAsync(session, document, ct);
    }

    public async Task<ListNeedsResponse> ListAsync(ListNeedsRequest request, CancellationToken ct)
    {
        DocumentQuery<NeedDocument> query = DocumentQuery.For(NeedDocument.Type).OrderByDescending("stated")
            .Page(PageSize.OrRefuse(request.PageSize), request.PageToken);
        if (request.OrganisationId.Length > 0) query = query.Where("organisation", request.OrganisationId);
        if (request.State != State.Unspecified) query = query.Where("state", request.State);
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<NeedDocument> page = await session.QueryAsync(query, ct);
        return new ListNeedsResponse
        {
            Needs = { page.Items.Select(document => Present(session, document)) },
            Page = new Page { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }

    private async Task<Need> SaveAsync(IDocumentSession session, NeedDocument document, CancellationToken ct)
    {
        document.Version++;
        document.KeptAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        document.Need.UpdateTime = Now();
        session.Store(document);
        session.Store(new WaitingMark { Id = ids.Next(), Kind = ItemKind.Need, ItemId = document.Id, Since = document.KeptAt });
        session.Publish(new NeedChanged { Need = document.Need.Clone(), Version = document.Version }, document.Id);
        await session.SaveChangesAsync(ct);
        profiles.Put(document);
        return Present(session, document);
    }

    private static Need Present(IDocumentSession session, NeedDocument document)
    {
        Need need = document.Need.Clone();
        need.Etag = session.EtagOf(document) ?? "";
        return need;
    }

    private static async Task<NeedDocument> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        (id.Length == 0 ? null : await session.LoadAsync<NeedDocument>(id, ct)) ?? throw Refusals.Unknown("need", id);

    private static async Task<NeedDocument> FindOpenAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        NeedDocument document = await FindAsync(session, id, ct);
        caller.RefuseUnlessAnswersFor(document.Need.Organisation.Id, "need");
        return document.Need.State == State.Open ? document : throw Refusals.WrongState("need", document.Need.State, "only an open need can be changed; state a new one");
    }

    private Timestamp Now() => time.GetUtcNow().ToTimestamp();
}
