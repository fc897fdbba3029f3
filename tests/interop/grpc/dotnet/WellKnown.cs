namespace Ecosystem.InteropPeer;

/// <summary>Names that the cases fix, and the one by which a message of the stack is asked to be compressed.</summary>
internal static class WellKnown
{
    public const string EchoInitial = "x-grpc-test-echo-initial";
    public const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    /// <summary>Header by which Grpc.Net.Client and Grpc.AspNetCore, and so our stack, are asked for an encoding in one call.</summary>
    public const string RequestEncoding = "grpc-internal-encoding-request";
}
