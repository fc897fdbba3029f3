using Ecosystem.Policy.V1;

namespace Ecosystem.Policy.Information;

/// <summary>
/// The answers of one source, within bounds of number, size and age. Who asks what somebody else is asking already waits for the same answer.
/// </summary>
internal sealed class RememberedAnswers(int mostAnswers, TimeProvider time)
{
    /// <summary>Of all answers together, so that many long ones do not pile up; some 8 MB.</summary>
    public const int MostCharacters = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<LookUpRequest, LinkedListNode<Entry>> _answers = [];
    private readonly LinkedList<Entry> _leastRecentFirst = [];
    private readonly Dictionary<LookUpRequest, Task<SourceAnswer>> _asked = [];
    private long _characters;

    public int Count
    {
        get
        {
            lock (_gate)
                return _answers.Count;
        }
    }

    /// <summary>The answer, remembered or asked for.</summary>
    /// <returns>The answer, and whether the source was not asked for it.</returns>
    public (Task<SourceAnswer> Answer, bool IsRemembered) Get(LookUpRequest question, Func<Task<SourceAnswer>> ask)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(question, out var known))
            {
                if (known.Value.Answer.Until > time.GetUtcNow())
                {
                    _leastRecentFirst.Remove(known);
                    _leastRecentFirst.AddLast(known);
                    return (Task.FromResult(known.Value.Answer), true);
                }

                Forget(known);
            }

            if (_asked.TryGetValue(question, out var asked))
                return (asked, true);
            var answer = AskAsync(question, ask);
            if (!answer.IsCompleted)
                _asked[question] = answer;
            return (answer, false);
        }
    }

    private async Task<SourceAnswer> AskAsync(LookUpRequest question, Func<Task<SourceAnswer>> ask)
    {
        try
        {
            // The lock is not to be held while somebody is asked.
            var answer = await Task.Run(ask);
            Keep(question, answer);
            return answer;
        }
        finally
        {
            lock (_gate)
                _asked.Remove(question);
        }
    }

    private void Keep(LookUpRequest question, SourceAnswer answer)
    {
        lock (_gate)
        {
            if (answer.Until <= time.GetUtcNow() || answer.Characters > MostCharacters)
                return;
            if (_answers.TryGetValue(question, out var known))
                Forget(known);
            _answers[question] = _leastRecentFirst.AddLast(new Entry(question, answer));
            _characters += answer.Characters;
            while (_answers.Count > mostAnswers || _characters > MostCharacters)
                Forget(_leastRecentFirst.First!);
        }
    }

    private void Forget(LinkedListNode<Entry> entry)
    {
        _leastRecentFirst.Remove(entry);
        _answers.Remove(entry.Value.Question);
        _characters -= entry.Value.Answer.Characters;
    }

    private sealed record Entry(LookUpRequest Question, SourceAnswer Answer);
}
