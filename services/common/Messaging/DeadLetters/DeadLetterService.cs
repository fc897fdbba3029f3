using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Messaging.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Messaging;

/// <summary>For operators: what failed, why, and another try.</summary>
internal sealed class DeadLetterService(IDocumentStore store, IOutbox outbox, DeadLetterReplay replay) : V1.DeadLetterService.DeadLetterServiceBase
{
    private static readonly DocumentQuery<DeadLetterDocument> Letters = DocumentQuery.For(DeadLetterDocument.Type);

    public override async Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        var query = request.State == DeadLetter.Types.State.Unspecified ? Letters : Letters.Where("state", request.State);
        if (request.Type.Length > 0)
            query = query.Where("type", request.Type);

        await using var session = store.OpenSession();
        var page = await PageAsync(session, query.OrderByDescending("last_failure"), request, context.CancellationToken);
        return new ListDeadLettersResponse
        {
            DeadLetters = { page.Items.Select(WithoutEnvelope) },
            Page = new Page { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }

    public override async Task<DeadLetter> GetDeadLetter(GetDeadLetterRequest request, ServerCallContext context)
    {
        await using var session = store.OpenSession();
        return (await FindAsync(session, request.Id, context.CancellationToken)).Letter;
    }

    public override async Task<ReplayDeadLetterResponse> ReplayDeadLetter(ReplayDeadLetterRequest request, ServerCallContext context)
    {
        await using var session = store.OpenSession();
        var document = await FindAsync(session, request.Id, context.CancellationToken);
        return await replay.ApplyAsync(document, context.CancellationToken) is { } reason
            ? new ReplayDeadLetterResponse { Reason = reason }
            : new ReplayDeadLetterResponse { Applied = true };
    }

    public override async Task<ReplayDeadLettersResponse> ReplayDeadLetters(ReplayDeadLettersRequest request, ServerCallContext context)
    {
        var query = Letters.Where("state", DeadLetter.Types.State.Parked).OrderBy("first_failure");
        if (request.Type.Length > 0)
            query = query.Where("type", request.Type);

        await using var session = store.OpenSession();
        var answer = new ReplayDeadLettersResponse();
        await foreach (var document in session.StreamAsync(query, context.CancellationToken))
        {
            if (await replay.ApplyAsync(document, context.CancellationToken) is null)
                answer.Applied++;
            else
                answer.Failed++;
        }

        return answer;
    }

    /// <summary>It counts as received from now on, so that a late delivery changes nothing either.</summary>
    public override async Task<DiscardDeadLetterResponse> DiscardDeadLetter(DiscardDeadLetterRequest request, ServerCallContext context)
    {
        await using var session = store.OpenSession();
        var document = await FindAsync(session, request.Id, context.CancellationToken);
        session.Delete<DeadLetterDocument>(document.Id);
        if (document.Letter.EventId.Length > 0)
            session.MarkReceived(document.Key);
        try
        {
            await session.SaveChangesAsync(context.CancellationToken);
        }
        catch (AlreadyReceivedException)
        {
            throw RichStatus.FailedPrecondition("ALREADY_APPLIED", "The event has been applied meanwhile; there is nothing to discard.");
        }

        return new DiscardDeadLetterResponse();
    }

    public override async Task<Backlog> GetBacklog(GetBacklogRequest request, ServerCallContext context)
    {
        var waiting = await outbox.StateAsync(context.CancellationToken);
        return new Backlog
        {
            OutboxEvents = waiting.Count,
            OldestPublishTime = waiting.Oldest is { } oldest ? Timestamp.FromDateTimeOffset(oldest) : null,
            RetryingEvents = await CountAsync(DeadLetter.Types.State.Retrying, context.CancellationToken),
            ParkedEvents = await CountAsync(DeadLetter.Types.State.Parked, context.CancellationToken),
        };
    }

    private static async Task<DocumentPage<DeadLetterDocument>> PageAsync(
        IDocumentSession session, DocumentQuery<DeadLetterDocument> query, ListDeadLettersRequest request, CancellationToken ct)
    {
        try
        {
            return await session.QueryAsync(query.Page(PageSize.OrRefuse(request.PageSize), request.PageToken), ct);
        }
        catch (PageTokenException unknown)
        {
            throw RichStatus.InvalidArgument(unknown.Message, ("page_token", "is not one of this query"));
        }
    }

    private static async Task<DeadLetterDocument> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        await session.LoadAsync<DeadLetterDocument>(id, ct) ?? throw RichStatus.NotFound($"There is no dead letter '{id}'; it may have been applied meanwhile.");

    private async Task<long> CountAsync(DeadLetter.Types.State state, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        return (await session.QueryAsync(Letters.Where("state", state).Page(1), ct)).TotalSize;
    }

    private static DeadLetter WithoutEnvelope(DeadLetterDocument document)
    {
        var letter = document.Letter.Clone();
        letter.Envelope = "";
        return letter;
    }
}
