using Ecosystem.Grpc;
using Grpc.Core;

namespace Ecosystem.Policy;

/// <summary>Refusals that several capabilities share.</summary>
internal static class Refusals
{
    public static RpcException NoAgreement(string id) => RichStatus.NotFound($"There is no agreement '{id}' that you may see.");
}
