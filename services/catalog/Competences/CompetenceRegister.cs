using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Competences;

/// <summary>The one way in which a competence is read for change and saved: version, times, event and index go together.</summary>
internal sealed class CompetenceRegister(IIdSource ids, TimeProvider time, CompetenceIndex index)
{
    /// <summary>Who changed what; a verification is part of it.</summary>
    public static readonly ResourceHistory<Competence> History = new(
        CompetenceDocument.Type.Name, "competence", CompetenceRules.Settable.Append("verification").ToHashSet(StringComparer.Ordinal));

    /// <summary>A new competence; everything that the catalogue decides is set, whatever the provider wrote there.</summary>
    public CompetenceDocument Begin(Competence described, Common.V1.Organisation provider)
    {
        Competence competence = described.Clone();
        competence.Id = ids.Next();
        competence.Etag = string.Empty;
        competence.Provider = provider;
        competence.Verification = null;
        competence.CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        AreaNames.Fill(competence.Areas);
        return new CompetenceDocument { Id = competence.Id, Competence = competence };
    }

    public static async Task<CompetenceDocument> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        (id.Length == 0 ? null : await session.LoadAsync<CompetenceDocument>(id, ct))
        ?? throw RichStatus.NotFound($"There is no competence '{FieldRules.Shorten(id)}'.");

    /// <summary>A competence that the caller may change.</summary>
    public static async Task<CompetenceDocument> FindOwnAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        CompetenceDocument document = await FindAsync(session, id, ct);
        return caller.AnswersFor(document.Competence.Provider.Id)
            ? document
            : throw RichStatus.PermissionDenied(
                "NOT_THE_PROVIDER",
                $"Only {document.Competence.Provider.Name}, which offers this competence, may change it.");
    }

    /// <summary>Saves a new or changed competence, remembers what was done by whom, and tells of it.</summary>
    /// <param name="session">The unit of work.</param>
    /// <param name="document">The competence as it becomes.</param>
    /// <param name="before">As it was; null when it is new.</param>
    /// <param name="deed">What was done.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public async Task<Competence> SaveAsync(IDocumentSession session, CompetenceDocument document, Competence? before, Deed deed, CancellationToken ct)
    {
        document.Version++;
        document.Competence.UpdateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        session.Store(document);
        History.Remember(session, document.Id, document.Competence.Provider, document.Version, document.Competence.UpdateTime, deed, before, document.Competence);
        session.Publish(new CompetencePublished { Competence = document.Competence, Version = document.Version }, document.Id);
        await session.SaveChangesAsync(ct);
        index.Put(document);
        return Present(session, document);
    }

    /// <summary>The competence as it leaves the catalogue.</summary>
    public Competence Present(IDocumentSession session, CompetenceDocument document)
    {
        Competence competence = document.Competence.Clone();
        if (competence.Verification is { } verification)
        {
            verification.IsCurrent = verification.ExpireTime.ToDateTimeOffset() > time.GetUtcNow();
        }

        competence.Etag = session.EtagOf(document) ?? string.Empty;
        return competence;
    }
}
