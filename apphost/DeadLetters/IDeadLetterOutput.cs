using Ecosystem.Messaging.V1;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>How answers are written: for people or for programs.</summary>
internal interface IDeadLetterOutput
{
    void Letters(IReadOnlyList<DeadLetter> letters, long total);

    void Letter(DeadLetter letter);

    void Replayed(string id, ReplayDeadLetterResponse answer);

    void Replayed(ReplayDeadLettersResponse answer);

    void Discarded(string id);

    void Backlog(Backlog backlog);
}
