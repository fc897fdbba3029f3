using Ecosystem.Grpc.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Maps health as gRPC. The shape is Grpc.AspNetCore.HealthChecks'.</summary>
    public static class GrpcHealthChecksEndpointRouteBuilderExtensions
    {
        /// <summary>Offers <c>grpc.health.v1.Health</c> over the health checks of the host.</summary>
        /// <param name="builder">The endpoints.</param>
        public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder) =>
            builder.MapGrpcService<HealthService>();
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds health as gRPC. The shape is Grpc.AspNetCore.HealthChecks'.</summary>
    public static class GrpcHealthChecksServiceExtensions
    {
        /// <summary>Adds health checks for <c>MapGrpcHealthChecksService</c>.</summary>
        /// <param name="services">The services.</param>
        public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services) => services.AddHealthChecks();
    }
}
