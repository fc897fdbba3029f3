using Grpc.Core;

namespace Grpc.Net.Client.Configuration;

/// <summary>How calls to the methods of a service are made (grpc/grpc, doc/service_config.md).</summary>
public sealed class ServiceConfig
{
    /// <summary>Configurations; the one with the most precise name wins.</summary>
    public IList<MethodConfig> MethodConfigs { get; } = [];
}

/// <summary>How calls to some methods are made.</summary>
public sealed class MethodConfig
{
    /// <summary>The methods.</summary>
    public IList<MethodName> Names { get; } = [];

    /// <summary>How failed calls are repeated; null does not repeat them.</summary>
    public RetryPolicy? RetryPolicy { get; set; }
}

/// <summary>Names a method, all methods of a service, or (both null) all methods.</summary>
public sealed class MethodName
{
    /// <summary>All methods of all services.</summary>
    public static readonly MethodName Default = new();

    /// <summary>The full name of the service.</summary>
    public string? Service { get; set; }

    /// <summary>The name of the method.</summary>
    public string? Method { get; set; }
}

/// <summary>How failed calls are repeated: after a random part of a back-off that grows (gRFC A6).</summary>
public sealed class RetryPolicy
{
    /// <summary>Attempts in all, the first one included; at least 2.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>The first back-off.</summary>
    public TimeSpan? InitialBackoff { get; set; }

    /// <summary>The longest back-off.</summary>
    public TimeSpan? MaxBackoff { get; set; }

    /// <summary>By how much the back-off grows.</summary>
    public double? BackoffMultiplier { get; set; }

    /// <summary>Codes after which a call is repeated.</summary>
    public IList<StatusCode> RetryableStatusCodes { get; } = [];
}
