using Ecosystem.Messaging.V1;
using Grpc.Core;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>The verbs. Each returns the exit code: 0 when what was asked for has happened.</summary>
internal sealed class DeadLetterDesk(DeadLetterService.DeadLetterServiceClient service, string token, IDeadLetterOutput output)
{
    private const int LargestPage = 200;

    private readonly Metadata _caller = new() { { "authorization", $"Bearer {token}" } };

    public async Task<int> ListAsync(DeadLetter.Types.State state, string type, int limit, CancellationToken ct)
    {
        var letters = new List<DeadLetter>();
        var request = new ListDeadLettersRequest { State = state, Type = type };
        long total;
        do
        {
            request.PageSize = Math.Min(limit - letters.Count, LargestPage);
            var page = await service.ListDeadLettersAsync(request, _caller, cancellationToken: ct);
            letters.AddRange(page.DeadLetters);
            (request.PageToken, total) = (page.Page.NextPageToken, page.Page.TotalSize);
        }
        while (request.PageToken.Length > 0 && letters.Count < limit);

        output.Letters(letters, total);
        return 0;
    }

    public async Task<int> ShowAsync(string id, CancellationToken ct)
    {
        output.Letter(await service.GetDeadLetterAsync(new GetDeadLetterRequest { Id = id }, _caller, cancellationToken: ct));
        return 0;
    }

    /// <summary>Goes on after one that still fails: the others may have another cause.</summary>
    public async Task<int> ReplayAsync(IEnumerable<string> ids, CancellationToken ct)
    {
        var failed = 0;
        foreach (var id in ids)
        {
            var answer = await service.ReplayDeadLetterAsync(new ReplayDeadLetterRequest { Id = id }, _caller, cancellationToken: ct);
            output.Replayed(id, answer);
            failed += answer.Applied ? 0 : 1;
        }

        return failed == 0 ? 0 : TargetOptions.Refused;
    }

    public async Task<int> ReplayAllAsync(string type, CancellationToken ct)
    {
        var answer = await service.ReplayDeadLettersAsync(new ReplayDeadLettersRequest { Type = type }, _caller, cancellationToken: ct);
        output.Replayed(answer);
        return answer.Failed == 0 ? 0 : TargetOptions.Refused;
    }

    public async Task<int> DiscardAsync(IEnumerable<string> ids, CancellationToken ct)
    {
        foreach (var id in ids)
        {
            await service.DiscardDeadLetterAsync(new DiscardDeadLetterRequest { Id = id }, _caller, cancellationToken: ct);
            output.Discarded(id);
        }

        return 0;
    }

    public async Task<int> BacklogAsync(CancellationToken ct)
    {
        output.Backlog(await service.GetBacklogAsync(new GetBacklogRequest(), _caller, cancellationToken: ct));
        return 0;
    }
}
