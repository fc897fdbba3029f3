using System.Collections.Concurrent;
using Spectre.Console;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>What one process writes: to a file, to the console with its name in front, and the last lines in memory for when it fails.</summary>
internal sealed class LogBook : IDisposable
{
    private const int KeptLines = 20;
    private const long LargestFile = 10 * 1024 * 1024;
    private static readonly string[] Colours = ["aqua", "green", "yellow", "blue", "fuchsia", "teal", "olive"];
    private static readonly Lock ConsoleTurn = new();
    private readonly ConcurrentQueue<string> _last = [];
    private readonly Lock _turn = new();
    private readonly string _name;
    private readonly string _file;
    private readonly string _prefix;
    private StreamWriter? _writer;

    public LogBook(string directory, string name, int number)
    {
        _name = name;
        _file = Path.Combine(directory, name + ".log");
        _prefix = $"[{Colours[number % Colours.Length]}]{name,-9}|[/] ";
        _writer = new StreamWriter(_file, append: false) { AutoFlush = true };
    }

    /// <summary>Whether lines are shown as they come. Off while starting, so that the table is not drowned.</summary>
    public static bool Shown { get; set; }

    public string File => _file;

    public IReadOnlyList<string> LastLines => [.. _last];

    public void Write(string line)
    {
        lock (_turn)
        {
            _last.Enqueue(line);
            while (_last.Count > KeptLines)
            {
                _last.TryDequeue(out _);
            }

            if (_writer is null)
            {
                return;
            }

            if (_writer.BaseStream.Length > LargestFile)
            {
                _writer.Dispose();
                System.IO.File.Move(_file, Path.ChangeExtension(_file, ".1.log"), overwrite: true);
                _writer = new StreamWriter(_file, append: false) { AutoFlush = true };
            }

            _writer.WriteLine(line);
        }

        if (Shown)
        {
            lock (ConsoleTurn)
            {
                AnsiConsole.Markup(_prefix);
                Console.WriteLine(line);
            }
        }
    }

    public override string ToString() => _name;

    public void Dispose()
    {
        lock (_turn)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }
}
