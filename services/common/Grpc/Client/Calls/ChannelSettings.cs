using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>What calls need to know about their channel.</summary>
internal sealed record ChannelSettings(
    HttpMessageInvoker Http,
    AddressPicker Addresses,
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    IReadOnlyList<CallCredentials> Credentials,
    bool CredentialsAllowed,
    bool ThrowsOperationCanceled,
    ServiceConfig? ServiceConfig,
    TimeProvider Time,
    ILogger Logger,
    CancellationToken Closing)
{
    public static ChannelSettings From(Uri address, GrpcChannelOptions options, HttpMessageInvoker http, CancellationToken closing)
    {
        var credentials = new CredentialReader();
        options.Credentials?.InternalPopulateConfiguration(credentials, null);
        var isSecure = address.Scheme == Uri.UriSchemeHttps;
        if (credentials.IsSecure is { } wanted && wanted != isSecure)
        {
            throw new InvalidOperationException(
                $"The credentials of the channel are {(wanted ? "secure" : "insecure")} and its address {address} is not; use {(wanted ? "https" : "http")}.");
        }

        return new ChannelSettings(
            http,
            new AddressPicker([address, .. options.FurtherAddresses], options.Time),
            options.MaxReceiveMessageSize,
            options.MaxSendMessageSize,
            credentials.Call,
            isSecure || options.UnsafeUseInsecureChannelCallCredentials,
            options.ThrowOperationCanceledOnCancellation,
            options.ServiceConfig,
            options.Time,
            (ILogger?)options.LoggerFactory?.CreateLogger<GrpcChannel>() ?? NullLogger.Instance,
            closing);
    }

    private sealed class CredentialReader : ChannelCredentialsConfiguratorBase
    {
        public bool? IsSecure { get; private set; }

        public List<CallCredentials> Call { get; } = [];

        public override void SetInsecureCredentials(object? state) => IsSecure = false;

        public override void SetSslCredentials(object? state, string? rootCertificates, object? keyCertificatePair, object? verifyPeerCallback) => IsSecure = true;

        public override void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            channelCredentials.InternalPopulateConfiguration(this, state);
            Call.Add(callCredentials);
        }
    }
}
