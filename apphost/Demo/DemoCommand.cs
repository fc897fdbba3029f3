using Grpc.Net.Client;
using Spectre.Console;

namespace Ecosystem.AppHost.Demo;

/// <summary><c>dotnet run --project apphost -- demo</c>: plays the main job and says whether every step worked.</summary>
internal static class DemoCommand
{
    /// <returns>0 when every step worked, 1 otherwise.</returns>
    public static async Task<int> RunAsync(string stateDirectory, IReadOnlyList<string> start, bool german, CancellationToken ct)
    {
        var console = Terminal.Open();
        var tell = new Narrator(console, german);
        try
        {
            await using var ecosystem = await RunningEcosystem.FindOrStartAsync(stateDirectory, start, TimeProvider.System, ct);
            console.WriteLine(tell.Pick(ecosystem.WasStarted
                ? new Say($"Das Ökosystem wurde für die Vorführung gestartet: {ecosystem.State.Http}", $"The ecosystem was started for the demo: {ecosystem.State.Http}")
                : new Say($"Das Ökosystem läuft schon: {ecosystem.State.Http}", $"The ecosystem is running already: {ecosystem.State.Http}")));

            using var channel = GrpcChannel.ForAddress(ecosystem.State.Grpc);
            await new Story(tell, channel, new SignIn(ecosystem.State.Identity, ecosystem.State.Http), TimeProvider.System).PlayAsync(ct);
            console.WriteLine();
            console.MarkupLine("[green]" + Markup.Escape(tell.Pick(new Say("Alle Schritte sind gelungen.", "Every step worked."))) + "[/]");
            return 0;
        }
        catch (StoryEndedException)
        {
            console.MarkupLine("[red]" + Markup.Escape(tell.Pick(new Say("Ein Schritt ist nicht gelungen.", "A step failed."))) + "[/]");
            return 1;
        }
        catch (InvalidOperationException failure)
        {
            console.MarkupLine("[red]" + Markup.Escape(failure.Message) + "[/]");
            return 1;
        }
    }
}
