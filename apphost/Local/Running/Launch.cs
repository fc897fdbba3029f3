using Ecosystem.AppHost.Local.Servers;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>How one process of the system is started and recognised as healthy.</summary>
internal sealed record Launch
{
    public required string Name { get; init; }

    /// <summary>The assembly that <c>dotnet</c> runs; not used where <see cref="Foreign"/> is given.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>A program that is not ours.</summary>
    public ForeignProgram? Foreign { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Addresses by endpoint name, for the table and the state file.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Answers 2xx when the process is ready.</summary>
    public required Uri Health { get; init; }

    /// <summary>Names of the launches that must be healthy before this one starts.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>PostgreSQL databases that have to exist before it starts.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>When it is stopped: what others lean on goes last.</summary>
    public StopWave Wave { get; init; }

    public IReadOnlyList<string> Command => Foreign?.TiedCommand ?? [RepositoryLayout.DotnetProgram, Assembly, .. Arguments];
}

/// <summary>The order of stopping.</summary>
internal enum StopWave
{
    Service,
    Platform,
    Server,
}
