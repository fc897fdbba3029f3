using System.Collections.Concurrent;
using Ecosystem.Policy.V1;

namespace Ecosystem.Policy.Decisions;

/// <summary>
/// Decisions that arrive while others are being saved share the next transaction: a thousand callers at once cost some dozen commits.
/// Each sees those before it, so limits hold exactly.
/// </summary>
internal sealed class DecisionQueue(Func<IReadOnlyList<Question>, Task<IReadOnlyList<Decision>>> decideAll) : IDisposable
{
    private const int MostAtOnce = 100;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<Decision> DecideAsync(Question question, CancellationToken ct)
    {
        var mine = new Waiting(question, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(mine);
        try
        {
            await _turn.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // Whoever has gone is not decided for any more, unless it has begun.
            mine.Answer.TrySetCanceled(ct);
            throw;
        }

        try
        {
            while (!mine.Answer.Task.IsCompleted)
                await AnswerSomeAsync();
        }
        finally
        {
            _turn.Release();
        }

        return await mine.Answer.Task;
    }

    public void Dispose() => _turn.Dispose();

    private async Task AnswerSomeAsync()
    {
        var some = new List<Waiting>();
        while (some.Count < MostAtOnce && _waiting.TryDequeue(out var next))
        {
            if (!next.Answer.Task.IsCompleted)
                some.Add(next);
        }

        try
        {
            var decisions = await decideAll([.. some.Select(waiting => waiting.Question)]);
            for (var index = 0; index < some.Count; index++)
                some[index].Answer.TrySetResult(decisions[index]);
        }
        catch (Exception problem)
        {
            // Nothing was saved; each of them learns why from its own call.
            some.ForEach(waiting => waiting.Answer.TrySetException(problem));
        }
    }

    private sealed record Waiting(Question Question, TaskCompletionSource<Decision> Answer);
}
