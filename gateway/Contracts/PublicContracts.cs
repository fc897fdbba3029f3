using Ecosystem.Contracts;
using Ecosystem.Grpc;

namespace Ecosystem.Gateway.Contracts;

/// <summary>
/// The services behind the door as one API: reflection (v1 and v1alpha) lists them all, and gRPC health answers for each, so that
/// a tool needs to know one address only.
/// </summary>
internal static class PublicContracts
{
    /// <summary>The one contract that the gateway carries out itself.</summary>
    private const string Own = "ecosystem.federation.v1";

    public static void AddPublicContracts(this WebApplicationBuilder builder)
    {
        foreach (var service in ContractFiles.Public.Where(service => service.File.Package != Own))
            builder.Services.AddSingleton(new PassedOnService(service, AppOf(service)));
    }

    /// <summary>The app that implements a contract: the second part of its package, <c>ecosystem.catalog.v1</c>.</summary>
    private static string AppOf(Google.Protobuf.Reflection.ServiceDescriptor service) => service.FullName.Split('.')[1];
}
