using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Storage;
using Grpc.Core;

namespace Ecosystem.Catalog.Participants;

/// <summary>Anyone sees who takes part.</summary>
internal sealed class ParticipantDirectory(IDocumentStore store) : ParticipantService.ParticipantServiceBase
{
    public override async Task<ListParticipantsResponse> ListParticipants(ListParticipantsRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.ThrowIfAny("The participants cannot be listed");

        await using IDocumentSession session = store.OpenSession();
        DocumentPage<ParticipantDocument> page = await session.QueryAsync(
            DocumentQuery.For(ParticipantDocument.Type).Page(size, request.PageToken), context.CancellationToken);
        return new ListParticipantsResponse
        {
            Participants = { page.Items.Select(d => d.Participant) },
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }
}
