using Ecosystem.Grpc.Server.Binding;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;

namespace Ecosystem.Grpc.Server.Hosting;

internal static class EndpointDescription
{
    /// <summary>Tells endpoint policies and middleware which method an endpoint serves; the same for both doors.</summary>
    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder endpoint, BoundMethod method, string displayName)
    {
        endpoint.Add(builder =>
        {
            builder.DisplayName = displayName;
            builder.Metadata.Add(new GrpcMethodMetadata(method.ServiceType, method.Method, method.Descriptor));
            foreach (var attribute in method.Metadata)
            {
                builder.Metadata.Add(attribute);
            }
        });
        return endpoint;
    }
}
