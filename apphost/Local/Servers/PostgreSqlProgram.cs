using System.Diagnostics;
using System.Globalization;

namespace Ecosystem.AppHost.Local.Servers;

/// <summary>Debian's PostgreSQL, started on a folder that it makes the first time.</summary>
internal static class PostgreSqlProgram
{
    private const string Installed = "/usr/lib/postgresql";

    /// <summary>A cluster that was only half made is made anew; a whole one is never touched.</summary>
    private const string Script =
        """
        set -e
        folder=$1; programs=$2; port=$3; user=$4
        if [ ! -d "$folder/data" ]; then
          rm -rf "$folder/new"
          "$programs/initdb" -D "$folder/new" -U "$user" -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C.UTF-8
          mv "$folder/new" "$folder/data"
        fi
        exec "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300
        """;

    /// <summary>What to do where it is not installed; null where it is.</summary>
    public static string? Missing => FindPrograms() is null ? "PostgreSQL is not installed: apt-get install postgresql" : null;

    /// <param name="folder">Where it keeps its data, made when missing.</param>
    public static ForeignProgram In(string folder, int port, string user, string password)
    {
        var data = Directory.CreateDirectory(folder).FullName;
        File.WriteAllText(Path.Combine(data, "password"), password + "\n");
        string[] server = ["/bin/sh", "-c", Script, "postgres", data, FindPrograms()!, port.ToString(CultureInfo.InvariantCulture), user];
        return new ForeignProgram
        {
            Folder = data,
            Command = Environment.IsPrivilegedProcess ? [.. Unprivileged(data), .. server] : server,

            // Fast shutdown: what is running is rolled back, what was committed is there.
            StopSignal = "INT",
        };
    }

    /// <summary>It refuses to run as root, so there <c>nobody</c> owns the folder and has to get to it.</summary>
    private static string[] Unprivileged(string folder)
    {
        using var own = Process.Start("chown", ["-R", "nobody", folder]);
        own.WaitForExit();
        if (Directory.GetParent(folder) is { } parent && !OperatingSystem.IsWindows())
        {
            parent.UnixFileMode |= UnixFileMode.OtherExecute;
        }

        return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];
    }

    private static string? FindPrograms() => new DirectoryInfo(Installed) is { Exists: true } debian
        ? debian.GetDirectories()
            .Select(version => Path.Combine(version.FullName, "bin"))
            .Where(programs => File.Exists(Path.Combine(programs, "postgres")))
            .OrderBy(programs => int.TryParse(Path.GetFileName(Path.GetDirectoryName(programs)), out var number) ? number : 0)
            .LastOrDefault()
        : null;
}
