using Ecosystem.Grpc;
using Grpc.Core;

namespace Ecosystem.Policy;

/// <summary>Refusals that several capabilities share.</summary>
internal static class Refusals
{
    public static RpcException WithoutOrganisation() => RichStatus.PermissionDenied(
        "ORGANISATION_MISSING", "Your token names no organisation (claim 'org'); only organisations can use or grant the use of data.");

    public static RpcException NoAgreement(string id) => RichStatus.NotFound($"There is no agreement '{id}' that you may see.");
}
