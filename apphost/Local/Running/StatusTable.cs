using System.Globalization;
using Spectre.Console;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>The one table and the one address that a person sees.</summary>
internal static class StatusTable
{
    private const int WidthOfAFile = 120;

    public static void Print(IEnumerable<SupervisedProcess> processes, Uri open)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = WidthOfAFile;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Service", "Address", "Health");
        foreach (var process in processes.Reverse())
        {
            var addresses = process.Launch.Addresses.Where(a => a.Key != "dapr").OrderByDescending(a => a.Key == "http").Select(a => a.Value.ToString().TrimEnd('/'));
            table.AddRow(
                new Text(process.Launch.Name),
                new Text(string.Join("  ", addresses)),
                new Text(process.State.ToString().ToLowerInvariant(), process.State == ProcessState.Healthy ? new Style(Color.Green) : new Style(Color.Red)));
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Open [bold]{open.ToString().TrimEnd('/')}[/]   (Ctrl+C stops everything)");
    }
}
