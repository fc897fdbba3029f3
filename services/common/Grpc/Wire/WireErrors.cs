using Grpc.Core;

namespace Ecosystem.Grpc.Wire;

/// <summary>What can be wrong with bytes on the wire; codes as in grpc/grpc, doc/statuscodes.md.</summary>
internal static class WireErrors
{
    public static RpcException ReceivedTooLarge(int limit) =>
        Error(StatusCode.ResourceExhausted, $"The received message is larger than the limit of {limit} bytes.");

    public static RpcException SentTooLarge(int limit) =>
        Error(StatusCode.ResourceExhausted, $"The message to be sent is larger than the limit of {limit} bytes.");

    public static RpcException Truncated() => Error(StatusCode.Internal, "The stream ended in the middle of a message.");

    public static RpcException NoMessage() => Error(StatusCode.Internal, "The stream ended before its message.");

    public static RpcException TooManyMessages() => Error(StatusCode.Internal, "The stream has more than its one message.");

    public static RpcException BadFlag(byte flag) => Error(StatusCode.Internal, $"A message begins with the flag {flag}; only 0 and 1 are known.");

    public static RpcException CompressedWithoutEncoding() =>
        Error(StatusCode.Internal, "A message is compressed but the headers name no encoding.");

    public static RpcException Undecodable(Exception cause) =>
        new(new Status(StatusCode.Internal, "The bytes are not a message of the expected type.", cause));

    private static RpcException Error(StatusCode code, string sentence) => new(new Status(code, sentence));
}
