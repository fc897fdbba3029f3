using Ecosystem.Common.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Participants;

/// <summary>What the catalogue knows of an organisation that keeps data or has competences.</summary>
internal sealed class ParticipantDocument
{
    public static readonly DocumentType<ParticipantDocument> Type = new("participants", d => d.Id);

    /// <summary>The id that the identity provider issues in the claim <c>org</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }
}

internal static class ParticipantNames
{
    /// <summary>An organisation with its name; who has not introduced itself is called by its id.</summary>
    public static async Task<Organisation> OrganisationAsync(this IDocumentSession session, string id, CancellationToken ct)
    {
        ParticipantDocument? known = await session.LoadAsync<ParticipantDocument>(id, ct);
        return new Organisation { Id = id, Name = known?.Name ?? id };
    }
}
