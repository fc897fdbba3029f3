using Ecosystem.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ecosystem.Messaging;

/// <summary>What the environment says about the sidecar and this app. Names as Dapr sets them.</summary>
/// <param name="Sidecar"><c>DAPR_HTTP_ENDPOINT</c>, else <c>http://127.0.0.1:{DAPR_HTTP_PORT}</c> (3500).</param>
/// <param name="SidecarToken"><c>DAPR_API_TOKEN</c>: sent to the sidecar.</param>
/// <param name="AppToken"><c>APP_API_TOKEN</c>: the sidecar must send it.</param>
/// <param name="PubSub"><c>Messaging:PubSub</c>: the Dapr component, <c>pubsub</c>.</param>
/// <param name="Source">CloudEvents <c>source</c>: <c>/ecosystem/{region}/{app-id}</c>.</param>
/// <param name="InboxRetention"><c>Messaging:InboxRetention</c>: how long a repeated delivery is recognised; 14 days.</param>
/// <param name="LargestEvent"><c>Messaging:LargestEvent</c>: bytes of JSON; 3 MiB, because a Dapr sidecar takes requests of 4 MiB unless told otherwise.</param>
internal sealed record MessagingOptions(
    Uri Sidecar, string? SidecarToken, string? AppToken, string PubSub, string Source, TimeSpan InboxRetention, int LargestEvent)
{
    private const int LargestEventByDefault = 3 * 1024 * 1024;

    public static MessagingOptions Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var endpoint = configuration["DAPR_HTTP_ENDPOINT"] is { Length: > 0 } given
            ? given
            : $"http://127.0.0.1:{configuration["DAPR_HTTP_PORT"] ?? "3500"}";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var sidecar) || sidecar.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"The address of the sidecar '{endpoint}' is no http address. Correct DAPR_HTTP_ENDPOINT or DAPR_HTTP_PORT.");

        var region = configuration["REGION"] is { Length: > 0 } named ? named : "ruhr";
        var source = $"/ecosystem/{region}/{AppIdentity.Of(configuration, environment)}";
        if (!Uri.IsWellFormedUriString(source, UriKind.Relative))
            throw new InvalidOperationException($"Events cannot come from '{source}': that is no URI reference (CloudEvents 1.0, source). Correct REGION or APP_ID.");

        var largest = configuration.GetValue("Messaging:LargestEvent", LargestEventByDefault);
        if (largest < 1024)
            throw new InvalidOperationException($"Messaging:LargestEvent is {largest}; it is a number of bytes and at least 1024.");

        return new MessagingOptions(
            sidecar,
            NullIfEmpty(configuration["DAPR_API_TOKEN"]),
            NullIfEmpty(configuration["APP_API_TOKEN"]),
            configuration["Messaging:PubSub"] ?? "pubsub",
            source,
            configuration.GetValue("Messaging:InboxRetention", TimeSpan.FromDays(14)),
            largest);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
