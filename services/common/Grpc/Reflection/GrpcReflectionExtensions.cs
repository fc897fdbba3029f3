using Ecosystem.Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Maps reflection. The shape is Grpc.AspNetCore.Server.Reflection's.</summary>
    public static class GrpcReflectionEndpointRouteBuilderExtensions
    {
        /// <summary>Offers <c>grpc.reflection.v1</c> and <c>v1alpha</c>, which tell what this process offers.</summary>
        /// <param name="builder">The endpoints.</param>
        public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder) => new GrpcServiceEndpointConventionBuilder(
            [builder.MapGrpcService<ReflectionV1Service>(), builder.MapGrpcService<ReflectionV1AlphaService>()]);
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds reflection. The shape is Grpc.AspNetCore.Server.Reflection's.</summary>
    public static class GrpcReflectionServiceExtensions
    {
        /// <summary>Adds what <c>MapGrpcReflectionService</c> needs.</summary>
        /// <param name="services">The services.</param>
        public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
        {
            ArgumentNullException.ThrowIfNull(services);
            services.TryAddSingleton<SymbolIndex>();
            services.TryAddSingleton<ReflectionAnswers>();
            return services;
        }
    }
}
