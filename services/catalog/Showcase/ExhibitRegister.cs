using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Showcase;

/// <summary>Registers, changes and takes away things of one kind: version, times, event and index go together.</summary>
internal sealed class ExhibitRegister<T>(IDocumentStore store, IIdSource ids, TimeProvider time, ExhibitKind<T> kind, ExhibitIndex<T> index)
    where T : class, IMessage<T>, new()
{
    public async Task<T> CreateAsync(T? described, Caller caller, CancellationToken ct)
    {
        string provider = caller.OrganisationOrRefuse();
        T resource = described?.Clone() ?? new T();
        CheckOrRefuse(resource, $"The {kind.Name} cannot be registered");

        await using IDocumentSession session = store.OpenSession();
        ExhibitKind<T>.Begin(resource, ids.Next(), await session.OrganisationAsync(provider, ct), Now());
        return await SaveAsync(session, new ExhibitDocument<T> { Id = ExhibitKind<T>.IdOf(resource), Resource = resource }, ct);
    }

    public async Task<T> GetAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await FindAsync(session, id, ct));
    }

    public async Task<T> UpdateAsync(T? wanted, FieldMask? fields, Caller caller, CancellationToken ct)
    {
        wanted ??= new T();
        await using IDocumentSession session = store.OpenSession();
        ExhibitDocument<T> document = await FindOwnAsync(session, ExhibitKind<T>.IdOf(wanted), caller, ct);
        T changed = document.Resource.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, fields, kind.Settable, mask);
        mask.ThrowIfAny($"The {kind.Name} cannot be changed");
        CheckOrRefuse(changed, $"The {kind.Name} cannot be changed");

        session.Expect(document, ExhibitKind<T>.EtagOf(wanted));
        document.Resource = changed;
        return await SaveAsync(session, document, ct);
    }

    public async Task<Empty> DeleteAsync(string id, string etag, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        ExhibitDocument<T> document = await FindOwnAsync(session, id, caller, ct);
        session.Expect(document, etag);
        session.Remove(kind.Type, document.Id, time.GetUtcNow());
        session.Publish(kind.Removed(document.Resource, document.Version + 1), document.Id);
        await session.SaveChangesAsync(ct);
        index.Remove(document.Id);
        return new Empty();
    }

    public static T Present(IDocumentSession session, ExhibitDocument<T> document) =>
        ExhibitKind<T>.WithEtag(document.Resource, session.EtagOf(document) ?? string.Empty);

    private async Task<T> SaveAsync(IDocumentSession session, ExhibitDocument<T> document, CancellationToken ct)
    {
        foreach (Area area in kind.AreasOf(document.Resource))
        {
            AreaNames.Fill([area]);
        }

        document.Version++;
        ExhibitKind<T>.Touch(document.Resource, Now());
        session.Store(document);
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

    private async Task<ExhibitDocument<T>> FindOwnAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        ExhibitDocument<T> document = await FindAsync(session, id, ct);
        Organisation provider = ExhibitKind<T>.ProviderOf(document.Resource);
        return caller.AnswersFor(provider.Id)
            ? document
            : throw RichStatus.PermissionDenied("NOT_THE_PROVIDER", $"Only {provider.Name}, which shows this {kind.Name}, may change it.");
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
