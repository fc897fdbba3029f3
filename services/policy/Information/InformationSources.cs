using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Information;

/// <summary>The registered sources. Decisions look at a copy that is a second old at most, so that they cost no query each.</summary>
internal sealed class InformationSources(IDocumentStore store, IIdSource ids, IOptions<InformationOptions> options, TimeProvider time)
{
    public const int Most = 200;

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private Copy? _copy;

    public async Task<InformationSource> RegisterAsync(InformationSource? stated, Caller caller, CancellationToken ct)
    {
        var source = InformationRules.Complete(stated, options.Value);
        source.HolderId = HolderOf(caller);
        source.Id = ids.Next();
        source.CreateTime = time.GetUtcNow().ToTimestamp();
        source.Health = null;
        await using var session = store.OpenSession();
        var known = await LoadAsync(session, ct);
        if (known.Count >= Most)
            throw RichStatus.Create(StatusCode.ResourceExhausted, $"There are {Most} sources; remove one first.", new Google.Rpc.ErrorInfo { Reason = "TOO_MANY_SOURCES", Domain = RichStatus.Domain });
        if (known.FirstOrDefault(other => other.HolderId == source.HolderId && IsSame(other.About, source.About) && other.LeftOperands.Intersect(source.LeftOperands).Any()) is { } taken)
            throw RichStatus.Create(StatusCode.AlreadyExists, $"The source '{taken.Title}' ({taken.Id}) answers one of these left operands already; remove it first.", new Google.Rpc.ErrorInfo { Reason = "LEFT_OPERAND_TAKEN", Domain = RichStatus.Domain });
        session.Store(new InformationSourceDocument { Id = source.Id, Source = source });
        await session.SaveChangesAsync(ct);
        _copy = null;
        return source;
    }

    public async Task<InformationSource> FindAsync(string id, Caller caller, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        return (await LoadVisibleAsync(session, id, caller, ct)).Source;
    }

    public async Task<(IReadOnlyList<InformationSource> Sources, Page Page)> ListAsync(int pageSize, string pageToken, Caller caller, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var query = DocumentQuery.For(InformationSourceDocument.Type).OrderByDescending("registered").Page(pageSize, pageToken);
        var page = await session.QueryAsync(SeesAllSources(caller) ? query : query.WhereAny("holder", ["", caller.OrganisationOrRefuse()]), ct);
        return ([.. page.Items.Select(document => document.Source)], new() { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize });
    }

    public async Task RemoveAsync(string id, Caller caller, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var document = await LoadVisibleAsync(session, id, caller, ct);
        if (document.Source.HolderId.Length == 0 ? !caller.Has("operator") : !caller.Has("operator") && document.Source.HolderId != caller.Organisation)
            throw RichStatus.PermissionDenied("NOT_YOUR_SOURCE", "Only an operator can remove what an operator registered.");
        session.Delete<InformationSourceDocument>(id);
        await session.SaveChangesAsync(ct);
        _copy = null;
    }

    /// <summary>All sources, a second old at most.</summary>
    public async ValueTask<IReadOnlyList<InformationSource>> AllAsync(CancellationToken ct)
    {
        if (_copy is { } copy && time.GetUtcNow() - copy.Time < Freshness && time.GetUtcNow() >= copy.Time)
            return copy.Sources;
        await using var session = store.OpenSession();
        var fresh = new Copy(await LoadAsync(session, ct), time.GetUtcNow());
        _copy = fresh;
        return fresh.Sources;
    }

    /// <summary>The sources that are asked about a holder's data: the own ones, and an operator's where there is no own one.</summary>
    public static IEnumerable<(InformationSource Source, string LeftOperand)> For(string holder, IReadOnlyList<InformationSource> all) =>
        all.Where(source => source.HolderId.Length == 0 || source.HolderId == holder)
            .SelectMany(source => source.LeftOperands.Select(operand => (Source: source, Operand: operand)))
            .GroupBy(answered => (answered.Operand, IsAboutUser: answered.Source.About is Statement.Types.Subject.User))
            .Select(rivals => rivals.OrderByDescending(rival => rival.Source.HolderId.Length > 0).ThenBy(rival => rival.Source.Id, StringComparer.Ordinal).First());

    /// <summary>What can be decided about a holder's data beyond what this service and connectors know; of operators' sources alone when no holder is named.</summary>
    public async Task<IReadOnlySet<string>> AnsweredAsync(string holder, CancellationToken ct) =>
        For(holder, await AllAsync(ct)).Select(answered => answered.LeftOperand).ToHashSet(StringComparer.Ordinal);

    private static bool IsSame(Statement.Types.Subject one, Statement.Types.Subject other) => one is Statement.Types.Subject.User == other is Statement.Types.Subject.User;

    private static async Task<IReadOnlyList<InformationSource>> LoadAsync(IDocumentSession session, CancellationToken ct) =>
        [.. (await session.QueryAsync(DocumentQuery.For(InformationSourceDocument.Type).OrderBy("registered").Page(Most).WithoutTotal(), ct)).Items.Select(document => document.Source)];

    private static async Task<InformationSourceDocument> LoadVisibleAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        var document = id.Length == 0 ? null : await session.LoadAsync<InformationSourceDocument>(id, ct);
        return document is not null && (SeesAllSources(caller) || document.Source.HolderId.Length == 0 || document.Source.HolderId == caller.Organisation)
            ? document
            : throw RichStatus.NotFound($"There is no source '{id}' that you may see.");
    }

    private static bool SeesAllSources(Caller caller) => caller.Has("operator") || caller.Has("auditor");

    private static string HolderOf(Caller caller) => caller.Has("operator") ? "" : caller.OrganisationOrRefuse();

    private sealed record Copy(IReadOnlyList<InformationSource> Sources, DateTimeOffset Time);
}
