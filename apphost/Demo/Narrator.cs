using Grpc.Core;
using Spectre.Console;

namespace Ecosystem.AppHost.Demo;

/// <summary>A sentence in the languages of the demo.</summary>
internal readonly record struct Say(string De, string En);

/// <summary>Tells on the terminal who asks what, and what the answer was.</summary>
internal sealed class Narrator(IAnsiConsole console, bool german)
{
    public string Pick(Say say) => german ? say.De : say.En;

    public void Chapter(Say title)
    {
        console.WriteLine();
        console.MarkupLine($"[bold underline]{Markup.Escape(Pick(title))}[/]");
    }

    /// <summary>Plays one step; a step that fails is told with its reason and ends the demo.</summary>
    public async Task<T> AskAsync<T>(string who, Say what, Func<Task<T>> ask, Func<T, Say> answer)
    {
        console.MarkupLine($"[blue]{Markup.Escape(who),-10}[/] {Markup.Escape(Pick(what))}");
        try
        {
            var result = await ask();
            foreach (var line in Pick(answer(result)).Split('\n'))
            {
                console.MarkupLine($"           [green]→[/] {Markup.Escape(line)}");
            }

            return result;
        }
        catch (Exception failure)
        {
            var reason = failure is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : failure.Message;
            console.MarkupLine($"           [red]✗ {Markup.Escape(reason)}[/]");
            throw new StoryEndedException(reason, failure);
        }
    }
}

/// <summary>A step of the demo failed; it has been told already.</summary>
internal sealed class StoryEndedException(string reason, Exception cause) : Exception(reason, cause);
