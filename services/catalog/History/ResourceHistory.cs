using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.History;

/// <summary>A page of a history.</summary>
internal sealed record PageOfHistory(IReadOnlyList<ResourceChange> Changes, Page Page);

/// <summary>The history of all resources of a kind: written in the transaction of each change, and read by those whom it concerns.</summary>
/// <param name="kind">The name under which the kind is stored.</param>
/// <param name="name">What people call one of them, in English.</param>
/// <param name="compared">The fields that people decide on.</param>
internal sealed class ResourceHistory<T>(string kind, string name, IReadOnlySet<string> compared)
    where T : class, IMessage<T>, new()
{
    private readonly FieldChanges<T> _fields = new(compared);

    /// <summary>Remembers a change in the unit of work that makes it.</summary>
    /// <param name="session">The unit of work.</param>
    /// <param name="id">The resource.</param>
    /// <param name="provider">Whose it is.</param>
    /// <param name="version">The version that comes of it.</param>
    /// <param name="time">When.</param>
    /// <param name="deed">What is done, by whom and why.</param>
    /// <param name="before">Null when it is new.</param>
    /// <param name="after">Null when it is taken away.</param>
    public void Remember(IDocumentSession session, string id, Organisation provider, long version, Timestamp time, Deed deed, T? before, T? after) =>
        session.Store(ResourceChangeDocument.Of(Key(id), provider, version, time, deed, _fields.Between(before, after)));

    /// <summary>Providers, operators and auditors see who changed what, also after it was taken away.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The resource.</param>
    /// <param name="provider">Whose it is; null when it is not there (any more).</param>
    /// <param name="asked">Which page.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="global::Grpc.Core.RpcException">NOT_FOUND; PERMISSION_DENIED with NOT_THE_PROVIDER; INVALID_ARGUMENT.</exception>
    public async Task<PageOfHistory> ListAsync(
        IDocumentStore store, string id, Organisation? provider, (int Size, string Token) asked, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(asked.Size);
        violations.ThrowIfAny("The changes cannot be listed");

        await using IDocumentSession session = store.OpenSession();
        DocumentQuery<ResourceChangeDocument> all = DocumentQuery.For(ResourceChangeDocument.Type).Where("resource", Key(id)).OrderByDescending("count");
        provider ??= (await session.QueryAsync(all.Page(1).WithoutTotal(), ct)).Items is [var last] ? last.Provider : throw RichStatus.NotFound($"There is no {name} '{FieldRules.Shorten(id)}'.");
        if (!caller.AnswersFor(provider.Id) && !caller.Has("auditor"))
        {
            throw RichStatus.PermissionDenied("NOT_THE_PROVIDER", $"Only {provider.Name}, operators and auditors see who changed what.");
        }

        DocumentPage<ResourceChangeDocument> page = await session.QueryAsync(all.Page(size, asked.Token), ct);
        return new PageOfHistory(
            [.. page.Items.Select(d => d.Change)],
            new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize });
    }

    private string Key(string id) => $"{kind}/{id}";
}
