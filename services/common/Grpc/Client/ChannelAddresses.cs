using Grpc.Net.Client;

namespace Ecosystem.Grpc;

/// <summary>Several addresses of one service.</summary>
public static class ChannelAddresses
{
    /// <summary>
    /// Takes further addresses in turn with the channel's own, call by call; one that cannot be reached is left out for five seconds.
    /// </summary>
    /// <param name="options">The options of the channel.</param>
    /// <param name="further">The further addresses, with the scheme of the channel's own.</param>
    public static GrpcChannelOptions TakeInTurn(this GrpcChannelOptions options, params IEnumerable<Uri> further)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.FurtherAddresses = [.. options.FurtherAddresses, .. further];
        return options;
    }
}
