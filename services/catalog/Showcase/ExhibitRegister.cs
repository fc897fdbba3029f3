using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = Ecosystem.Catalog.V1.ResourceChange.Types.Kind;

namespace Ecosystem.Catalog.Showcase;

/// <summary>Registers, changes and takes away things of one kind: version, times, event and index go together.</summary>
internal sealed class ExhibitRegister<T>(IDocumentStore store, IIdSource ids, TimeProvider time, ExhibitKind<T> kind, ExhibitIndex<T> index)
    where T : class, IMessage<T>, new()
{
    private readonly ResourceHistory<T> _history = new(kind.Type.Name, kind.Name, kind.Settable);

    public async Task<T> CreateAsync(T? described, Caller caller, CancellationToken ct)
    {
        string provider = caller.OrganisationOrRefuse();
        T resource = described?.Clone() ?? new T();
        CheckOrRefuse(resource, $"The {kind.Name} cannot be registered");

        await using IDocumentSession session = store.OpenSession();
        ExhibitKind<T>.Begin(resource, ids.Next(), await session.OrganisationAsync(provider, ct), Now());
        return await SaveAsync(session, new ExhibitDocument<T> { Id = ExhibitKind<T>.IdOf(resource), Resource = resource }, before: null, new Deed(Kind.Created, caller), ct);
    }

    public async Task<T> GetAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await FindAsync(session, id, ct));
    }

    public async Task<T> UpdateAsync(T? wanted, FieldMask? fields, Deed deed, CancellationToken ct)
    {
        wanted ??= new T();
        await using IDocumentSession session = store.OpenSession();
        ExhibitDocument<T> document = await FindOwnAsync(session, ExhibitKind<T>.IdOf(wanted), deed, ct);
        T before = document.Resource;
        T changed = before.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, fields, kind.Settable, mask);
        mask.ThrowIfAny($"The {kind.Name} cannot be changed");
        CheckOrRefuse(changed, $"The {kind.Name} cannot be changed");

        session.Expect(document, ExhibitKind<T>.EtagOf(wanted));
        document.Resource = changed;
        return await SaveAsync(session, document, before, deed, ct);
    }

    public async Task<Empty> DeleteAsync(string id, string etag, Deed deed, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        ExhibitDocument<T> document = await FindOwnAsync(session, id, deed, ct);
        session.Expect(document, etag);
        long version = document.Version + 1;
        session.Remove(kind.Type, document.Id, time.GetUtcNow());
        _history.Remember(session, document.Id, ExhibitKind<T>.ProviderOf(document.Resource), version, Now(), deed, document.Resource, after: null);
        session.Publish(kind.Removed(document.Resource, version), document.Id);
        await session.SaveChangesAsync(ct);
        index.Remove(document.Id);
        return new Empty();
    }

    /// <summary>Providers, operators and auditors see who changed what, also after it was taken away.</summary>
    public async Task<PageOfHistory> ListChangesAsync(string id, (int Size, string Token) asked, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        ExhibitDocument<T>? document = id.Length == 0 ? null : await session.LoadAsync<ExhibitDocument<T>>(id, ct);
        return await _history.ListAsync(store, id, document is null ? null : ExhibitKind<T>.ProviderOf(document.Resource), asked, caller, ct);
    }

    public static T Present(IDocumentSession session, ExhibitDocument<T> document) =>
        ExhibitKind<T>.WithEtag(document.Resource, session.EtagOf(document) ?? string.Empty);

    private async Task<T> SaveAsync(IDocumentSession session, ExhibitDocument<T> document, T? before, Deed deed, CancellationToken ct)
    {
        foreach (Area area in kind.AreasOf(document.Resource))
        {
            AreaNames.Fill([area]);
        }

        document.Version++;
        Timestamp now = Now();
        ExhibitKind<T>.Touch(document.Resource, now);
        session.Store(document);
        _history.Remember(session, document.Id, ExhibitKind<T>.ProviderOf(document.Resource), document.Version, now, deed, before, document.Resource);
        session.Publish(kind.Published(document.Resource, document.Version), document.Id);
        await session.SaveChangesAsync(ct);
        index.Put(document);
        return Present(session, document);
    }

    private void CheckOrRefuse(T resource, string what)
    {
        var violations = new Violations(kind.Field);
        NeverData.Check(resource, kind.Settable, violations);
        violations.CheckTimes(resource, kind.Settable);
        kind.Check(resource, violations);
        violations.ThrowIfAny(what);
    }

    private async Task<ExhibitDocument<T>> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        (id.Length == 0 ? null : await session.LoadAsync<ExhibitDocument<T>>(id, ct))
        ?? throw RichStatus.NotFound($"There is no {kind.Name} '{FieldRules.Shorten(id)}'.");

    private async Task<ExhibitDocument<T>> FindOwnAsync(IDocumentSession session, string id, Deed deed, CancellationToken ct)
    {
        ExhibitDocument<T> document = await FindAsync(session, id, ct);
        Organisation provider = ExhibitKind<T>.ProviderOf(document.Resource);
        return deed.By!.AnswersFor(provider.Id)
            ? document
            : throw RichStatus.PermissionDenied("NOT_THE_PROVIDER", $"Only {provider.Name}, which shows this {kind.Name}, may change it.");
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
