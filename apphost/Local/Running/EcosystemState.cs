namespace Ecosystem.AppHost.Local.Running;

/// <summary>What <c>apphost.json</c> in the state directory says about a running ecosystem, for programs that look for one.</summary>
public sealed record EcosystemState
{
    /// <summary>The region, for example <c>ruhr</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The process of the apphost.</summary>
    public required int ProcessId { get; init; }

    /// <summary>True once every process has been healthy; the addresses below answer then.</summary>
    public required bool Ready { get; init; }

    /// <summary>The public door for HTTP.</summary>
    public required Uri Http { get; init; }

    /// <summary>The public door for gRPC, plain-text HTTP/2.</summary>
    public required Uri Grpc { get; init; }

    /// <summary>The OpenID provider, without the path of the realm.</summary>
    public required Uri Identity { get; init; }

    /// <summary>Every process of the system.</summary>
    public required IReadOnlyList<ResourceState> Resources { get; init; }
}

/// <summary>One process of a running ecosystem.</summary>
public sealed record ResourceState
{
    /// <summary>The name in the topology, for example <c>catalog</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>Waiting</c>, <c>Starting</c>, <c>Healthy</c>, <c>Unhealthy</c>, <c>Restarting</c> or <c>Stopped</c>.</summary>
    public required string State { get; init; }

    /// <summary>The process, null while there is none.</summary>
    public required int? ProcessId { get; init; }

    /// <summary>How often it was started again after a crash.</summary>
    public required int Restarts { get; init; }

    /// <summary>Addresses by endpoint: <c>http</c>, <c>grpc</c>, and <c>dapr</c> where it has a sidecar.</summary>
    public required IReadOnlyDictionary<string, Uri> Addresses { get; init; }
}
