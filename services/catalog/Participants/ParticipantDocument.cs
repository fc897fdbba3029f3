using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Participants;

/// <summary>What the catalogue knows of an organisation that takes part.</summary>
internal sealed class ParticipantDocument
{
    public static readonly DocumentType<ParticipantDocument> Type = new("participants", d => d.Id);

    /// <summary>The id that the identity provider issues in the claim <c>org</c>.</summary>
    public required string Id { get; init; }

    public required Participant Participant { get; set; }
}

internal static class ParticipantNames
{
    /// <summary>An organisation with its name; who has not introduced itself is called by its id.</summary>
    public static async Task<Organisation> OrganisationAsync(this IDocumentSession session, string id, CancellationToken ct) =>
        (await session.LoadAsync<ParticipantDocument>(id, ct))?.Participant.Organisation.Clone() ?? new Organisation { Id = id, Name = id };
}
