using System.Threading.Channels;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Matching.Learning;

/// <summary>A list that was shown, for audit: never changed.</summary>
internal sealed class ShownListDocument
{
    public static readonly DocumentType<ShownListDocument> Type = new DocumentType<ShownListDocument>("shown_lists", list => list.Id)
        .Index("shown", list => list.List.Time)
        .Index("item", list => list.List.ItemId)
        .Index("organisation", list => list.List.OrganisationId);

    public required string Id { get; init; }

    public required ShownList List { get; init; }
}

/// <summary>
/// Writes down every list that was shown. Lists are saved some at a time, so that asking does not wait for the disk; a killed process loses those
/// of the last moment, one that ends in order loses none. When the store cannot keep up, asking waits.
/// </summary>
internal sealed class ShownLists(IDocumentStore store, IIdSource ids, TimeProvider time, ILogger<ShownLists> log) : BackgroundService
{
    private const int Batch = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<ShownList> _shown = Channel.CreateBounded<ShownList>(new BoundedChannelOptions(10_000) { SingleReader = true });

    public ValueTask AddAsync(string organisation, string item, string purpose, long ranking, IEnumerable<Proposal> proposals, CancellationToken ct) =>
        _shown.Writer.WriteAsync(
            new ShownList
            {
                Id = ids.Next(), Time = time.GetUtcNow().ToTimestamp(), OrganisationId = organisation, ItemId = item, Purpose = purpose, RankingVersion = ranking,
                Entries = { proposals.Select(proposal => EntryOf(proposal, item)) },
            },
            ct);

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _shown.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ShownList>();
        while (await _shown.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < Batch && _shown.Reader.TryRead(out ShownList? list)) batch.Add(list);
            while (!await TrySaveAsync(batch))
            {
                if (stoppingToken.IsCancellationRequested) return;
                using var pause = new PeriodicTimer(Pause, time);
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
            batch.Clear();
        }
    }

    private async Task<bool> TrySaveAsync(List<ShownList> batch)
    {
        try
        {
            await using IDocumentSession session = store.OpenSession();
            foreach (ShownList list in batch) session.Store(new ShownListDocument { Id = list.Id, List = list });
            await session.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (StoreUnavailableException problem)
        {
            log.LogWarning(problem, "{Count} lists that were shown wait to be written down", batch.Count);
            return false;
        }
    }

    private static ShownEntry EntryOf(Proposal proposal, string item)
    {
        (string Id, string Organisation)[] sides =
        [
            (proposal.DataAssetId, proposal.Holder?.Id ?? ""), (proposal.CompetenceId, proposal.Provider?.Id ?? ""),
            (proposal.SolutionId, proposal.Provider?.Id ?? ""), (proposal.NeedId, proposal.NeedingOrganisation?.Id ?? ""),
            (proposal.QuestionId, proposal.AskingOrganisation?.Id ?? ""),
        ];
        (string id, string organisation) = sides.First(side => side.Id.Length > 0 && side.Id != item);
        return new ShownEntry { ItemId = id, OrganisationId = organisation, Score = proposal.Score, Policy = proposal.Policy?.Kind ?? PolicyVerdict.Types.Kind.Unspecified };
    }
}
