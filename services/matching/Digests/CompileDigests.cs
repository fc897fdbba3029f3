using Ecosystem.Matching.Events.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Participation = Ecosystem.Matching.V1.MatchingSettings.Types.Participation;
using Rhythm = Ecosystem.Matching.V1.MatchingSettings.Types.Rhythm;

namespace Ecosystem.Matching.Digests;

/// <summary>
/// Compiles the digests of every day and week (UTC) and tells of each. A period begins where the last one that was compiled ended, so nothing is
/// left out after an outage; a digest is saved and announced in one transaction under the name of its organisation and period, so copies of the
/// service, and one that was stopped on the way, make it once.
/// </summary>
internal sealed class CompileDigests(IDocumentStore store, TimeProvider time, ILogger<CompileDigests> log) : BackgroundService
{
    private const int Most = 20;
    private const int ForgottenAtOnce = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>What is being saved at the end of a period must be visible when its digests are compiled; clocks of copies differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(92);

    /// <summary>Compiles what is due and was not compiled.</summary>
    public async Task CompileDueAsync(CancellationToken ct)
    {
        DateTimeOffset settled = time.GetUtcNow() - Margin;
        var day = new DateTimeOffset(settled.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        await CompileAsync(Rhythm.Daily, day, ct);
        await CompileAsync(Rhythm.Weekly, monday, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await CompileDueAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                log.LogWarning(problem, "The store does not answer; digests wait. Trying again in {Interval}", Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CompileAsync(Rhythm rhythm, DateTimeOffset until, CancellationToken ct)
    {
        DateTimeOffset? since = await DoneUntilAsync(rhythm, ct);
        if (since >= until) return;
        if (since is { } start)
        {
            foreach (string organisation in await WithNewsAsync(start, until, ct)) await CompileAsync(organisation, rhythm, start, until, ct);
        }
        if (await TrySaveAsync(session => CloseAsync(session, rhythm, until, ct), ct)) await ForgetAsync(ct);
    }

    /// <summary>Null before the first period: what is told begins with it.</summary>
    private async Task<DateTimeOffset?> DoneUntilAsync(Rhythm rhythm, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return (await session.LoadAsync<DigestCalendar>(rhythm.ToString(), ct))?.DoneUntil;
    }

    private static async Task CloseAsync(IDocumentSession session, Rhythm rhythm, DateTimeOffset until, CancellationToken ct)
    {
        DigestCalendar calendar = await session.LoadAsync<DigestCalendar>(rhythm.ToString(), ct) ?? new DigestCalendar { Id = rhythm.ToString() };
        if (calendar.DoneUntil < until) calendar.DoneUntil = until;
        session.Store(calendar);
    }

    private async Task<IReadOnlyCollection<string>> WithNewsAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        var organisations = new SortedSet<string>(StringComparer.Ordinal);
        await using IDocumentSession session = store.OpenSession();
        await foreach (MatchDocument match in session.StreamAsync(DocumentQuery.For(MatchDocument.Type).WhereRange("changed", since, until), ct))
        {
            organisations.UnionWith(match.Organisations);
        }
        organisations.Remove("");
        return organisations;
    }

    private Task CompileAsync(string organisation, Rhythm rhythm, DateTimeOffset since, DateTimeOffset until, CancellationToken ct) => TrySaveAsync(
        async session =>
        {
            string id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{organisation}|{rhythm}|{until:yyyy-MM-dd}");
            if (await session.LoadAsync<DigestDocument>(id, ct) is not null) return;
            if (!Wants((await ParticipantBook.LoadAsync(session, organisation, ct)).Settings, rhythm)) return;
            Digest digest = await DigestContent.OfAsync(session, organisation, since, until, Most, ct);
            if (DigestContent.IsEmpty(digest)) return;
            digest.Rhythm = rhythm;
            session.Store(new DigestDocument { Id = id, Digest = digest });
            session.Publish(new DigestCompiled { Digest = digest.Clone() }, organisation);
        },
        ct);

    private static bool Wants(MatchingSettings settings, Rhythm rhythm) =>
        settings.Participation is not (Participation.Paused or Participation.Left)
        && (settings.Digest == Rhythm.Unspecified ? Rhythm.Weekly : settings.Digest) == rhythm;

    /// <summary>False when another copy was first, which did the same.</summary>
    private async Task<bool> TrySaveAsync(Func<IDocumentSession, Task> write, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        await write(session);
        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception conflict) when (conflict is ConcurrencyException or UniqueConstraintException)
        {
            log.LogDebug(conflict, "Another copy of the service compiled this digest");
            return false;
        }
    }

    private Task ForgetAsync(CancellationToken ct) => TrySaveAsync(
        async session =>
        {
            DocumentQuery<DigestDocument> old = DocumentQuery.For(DigestDocument.Type).WhereRange("until", from: null, time.GetUtcNow() - KeptFor)
                .Page(ForgottenAtOnce).WithoutTotal();
            foreach (DigestDocument digest in (await session.QueryAsync(old, ct)).Items) session.Delete<DigestDocument>(digest.Id);
        },
        ct);
}
