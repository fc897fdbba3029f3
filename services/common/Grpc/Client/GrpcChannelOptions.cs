using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>Options of a channel. The shape is Grpc.Net.Client's.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Sends the requests; null creates one with HTTP/2 keep-alive and several connections.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether <see cref="HttpHandler"/> is disposed with the channel. Default false.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Largest received message in bytes, after decompression. Default 4 MiB; null is no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest sent message in bytes, before compression. Default null: no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Transport security and credentials sent with every call; null follows the scheme of the address.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Whether call credentials are sent without TLS too. Default false, because tokens would be readable on the way.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>Whether a cancelled call throws <see cref="OperationCanceledException"/> instead of a status. Default false.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Which methods are repeated when they fail.</summary>
    public ServiceConfig? ServiceConfig { get; set; }

    /// <summary>Where the channel logs.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock of deadlines and back-off.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Further addresses of the same service, taken in turn with the channel's own.</summary>
    internal IReadOnlyList<Uri> FurtherAddresses { get; set; } = [];
}
