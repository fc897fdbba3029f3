using System.Text.Json;
using Ecosystem.Messaging.V1;
using Google.Protobuf;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>One JSON object per line: the messages of the contract as proto3 JSON, with every member.</summary>
internal sealed class JsonLines(TextWriter output) : IDeadLetterOutput
{
    private static readonly JsonFormatter Format = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public void Letters(IReadOnlyList<DeadLetter> letters, long total)
    {
        foreach (var letter in letters)
            Letter(letter);
    }

    public void Letter(DeadLetter letter) => output.WriteLine(Format.Format(letter));

    public void Replayed(string id, ReplayDeadLetterResponse answer) => output.WriteLine(JsonSerializer.Serialize(new { id, applied = answer.Applied, reason = answer.Reason }));

    public void Replayed(ReplayDeadLettersResponse answer) => output.WriteLine(Format.Format(answer));

    public void Discarded(string id) => output.WriteLine(JsonSerializer.Serialize(new { id, discarded = true }));

    public void Backlog(Backlog backlog) => output.WriteLine(Format.Format(backlog));
}
