using Ecosystem.Grpc.Server.Binding;
using Ecosystem.Grpc.Server.Hosting;
using Ecosystem.Grpc.Transcoding;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to endpoints. The shape is Grpc.AspNetCore's.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Offers a service: each method as gRPC and, after <c>AddJsonTranscoding</c>, as REST by its <c>google.api.http</c> rules.</summary>
    /// <typeparam name="TService">A class that derives from the base class protoc generated.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <exception cref="InvalidOperationException">The class is no service, <c>AddGrpc</c> was not called, or a rule does not fit its method.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var mapped = builder.ServiceProvider.GetService<MappedServices>()
            ?? throw new InvalidOperationException("Call services.AddGrpc() before MapGrpcService.");
        var rest = builder.ServiceProvider.GetService<RestRoutes>();
        var own = builder.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value;

        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (var method in mapped.Bind(own))
        {
            endpoints.Add(builder.MapPost(method.Method.FullName, method.ServeGrpc).Describe(method, $"gRPC - {method.Method.FullName}"));
            endpoints.AddRange(rest?.Map(builder, method) ?? []);
        }

        return new GrpcServiceEndpointConventionBuilder(endpoints);
    }
}

/// <summary>Adds conventions, such as authorisation, to all endpoints of a service.</summary>
public sealed class GrpcServiceEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly IReadOnlyList<IEndpointConventionBuilder> _endpoints;

    internal GrpcServiceEndpointConventionBuilder(IReadOnlyList<IEndpointConventionBuilder> endpoints) => _endpoints = endpoints;

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention)
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Add(convention);
        }
    }

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Finally(finallyConvention);
        }
    }
}
