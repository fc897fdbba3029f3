using Spectre.Console;

namespace Ecosystem.AppHost;

/// <summary>Where commands write.</summary>
internal static class Terminal
{
    /// <summary>A file or a pipe gets plain lines, neither coloured nor broken.</summary>
    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = int.MaxValue;
        return plain;
    }
}
