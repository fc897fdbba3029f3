using System.Globalization;
using System.Text.Json;
using Ecosystem.Messaging.V1;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>For people.</summary>
internal sealed class PlainTable(IAnsiConsole console) : IDeadLetterOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Letters(IReadOnlyList<DeadLetter> letters, long total)
    {
        if (letters.Count > 0)
        {
            var table = new Table().Border(TableBorder.None);
            foreach (var title in (string[])["id", "state", "event", "subject", "attempts", "last failure", "reason"])
                table.AddColumn(new TableColumn(title).NoWrap());
            foreach (var letter in letters)
            {
                table.AddRow(new[]
                {
                    letter.Id, StateOf(letter), Harmless(letter.Type[(letter.Type.LastIndexOf('.') + 1)..]), Harmless(letter.Subject),
                    letter.Attempts.ToString(CultureInfo.InvariantCulture), Moment(letter.LastFailureTime), OneLine(letter.Reason),
                }.Select(cell => new Text(cell)));
            }

            console.Write(table);
        }

        console.WriteLine($"dead letters: {letters.Count}{(letters.Count < total ? $" of {total}; --limit lists more" : "")}");
    }

    public void Letter(DeadLetter letter)
    {
        console.WriteLine($"id             {letter.Id}");
        console.WriteLine($"state          {StateOf(letter)} after {letter.Attempts} attempts");
        console.WriteLine($"event          {Harmless(letter.Type)} {Harmless(letter.EventId)}");
        console.WriteLine($"from           {Harmless(letter.Source)}");
        console.WriteLine($"subject        {Harmless(letter.Subject)}");
        console.WriteLine($"first failure  {Moment(letter.FirstFailureTime)}");
        console.WriteLine($"last failure   {Moment(letter.LastFailureTime)}");
        console.WriteLine($"reason         {OneLine(letter.Reason)}");
        console.WriteLine();
        console.WriteLine(Readable(letter.Envelope));
    }

    public void Replayed(string id, ReplayDeadLetterResponse answer) =>
        console.WriteLine(answer.Applied ? $"{id} is applied." : $"{id} still fails: {answer.Reason}");

    public void Replayed(ReplayDeadLettersResponse answer) => console.WriteLine($"{answer.Applied} applied, {answer.Failed} still fail.");

    public void Discarded(string id) => console.WriteLine($"{id} is discarded.");

    public void Backlog(Backlog backlog)
    {
        var oldest = backlog.OldestPublishTime is { } time ? $", the oldest since {Moment(time)}" : "";
        console.WriteLine($"to be sent           {backlog.OutboxEvents}{oldest}");
        console.WriteLine($"delivered again      {backlog.RetryingEvents}");
        console.WriteLine($"for you to decide    {backlog.ParkedEvents}");
    }

    private static string StateOf(DeadLetter letter) => letter.State.ToString().ToLowerInvariant();

    private static string Moment(Timestamp? time) =>
        time?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string OneLine(string text) => Harmless(text.ReplaceLineEndings(" "));

    /// <summary>What arrived may hold control sequences; the terminal must not follow them.</summary>
    private static string Harmless(string text) => string.Concat(text.Select(character => char.IsControl(character) && character != '\n' ? '\ufffd' : character));

    /// <summary>What arrived may be anything; JSON is indented, all else is shown as it is.</summary>
    private static string Readable(string envelope)
    {
        try
        {
            using var json = JsonDocument.Parse(envelope);
            return JsonSerializer.Serialize(json.RootElement, Indented);
        }
        catch (JsonException)
        {
            return Harmless(envelope);
        }
    }
}
