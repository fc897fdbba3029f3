using Ecosystem.Grpc.Telemetry;
using Grpc.AspNetCore.Server;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds measures and log lines of calls. They work over Grpc.AspNetCore and Grpc.Net.ClientFactory as they do here.</summary>
public static class CallTelemetryExtensions
{
    /// <summary>The meter of all instruments.</summary>
    public const string MeterName = CallInstruments.MeterName;

    /// <summary>
    /// Measures (<c>rpc.server.call.duration</c>, <c>rpc.server.request.size</c>, <c>rpc.server.response.size</c>) and logs every call
    /// served; never what a message says or who called. Call it before other interceptors are added, so that their refusals count.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static IGrpcServerBuilder AddCallTelemetry(this IGrpcServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMetrics();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ServerInstruments>();
        builder.Services.TryAddSingleton<ServedCalls>();
        builder.Services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<ServedCalls>());
        return builder;
    }

    /// <summary>
    /// Measures (<c>rpc.client.call.duration</c>, <c>rpc.client.request.size</c>, <c>rpc.client.response.size</c>) and logs every call of
    /// every client of <c>AddGrpcClient</c>, outside of their own interceptors.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddGrpcClientTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ClientInstruments>();
        services.TryAddSingleton<MadeCalls>();
        services.ConfigureAll<GrpcClientFactoryOptions>(options => options.InterceptorRegistrations.Insert(
            0, new global::Grpc.Net.ClientFactory.InterceptorRegistration(InterceptorScope.Channel, provider => provider.GetRequiredService<MadeCalls>())));
        return services;
    }
}
