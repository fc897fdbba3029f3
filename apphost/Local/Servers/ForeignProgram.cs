namespace Ecosystem.AppHost.Local.Servers;

/// <summary>How a server that is not ours is started: an ordinary process on loopback that keeps its data in a given folder.</summary>
internal sealed record ForeignProgram
{
    /// <summary>
    /// What <c>StartupHook</c> is for our own programs: the server is asked to stop when the standard input ends, whether its owner closed it or
    /// was killed. A helper that the server needs beside it (the first argument) lives as long as the server.
    /// </summary>
    private const string Tie =
        """
        exec 3<&0 </dev/null
        signal=$1; helper=$2; shift 2
        if [ -n "$helper" ]; then $helper & helper=$!; fi
        "$@" & server=$!
        (cat <&3 >/dev/null; kill -"$signal" $server; [ -z "$helper" ] || kill $helper) 2>/dev/null & watch=$!
        exec 3<&-
        wait $server
        code=$?
        kill $watch $helper 2>/dev/null
        exit $code
        """;

    public required string Folder { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The signal that asks it to stop in order.</summary>
    public string StopSignal { get; init; } = "TERM";

    public string Helper { get; init; } = "";

    /// <summary>The program to start, tied to its standard input. A session of its own keeps Ctrl+C away, which is for the owner.</summary>
    public IReadOnlyList<string> TiedCommand => ["setsid", "/bin/sh", "-c", Tie, "tie", StopSignal, Helper, .. Command];
}
