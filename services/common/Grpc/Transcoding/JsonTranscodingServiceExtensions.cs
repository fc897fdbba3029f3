using Ecosystem.Grpc.Transcoding;
using Ecosystem.Grpc.Transcoding.Calls;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the REST door. The shape is Microsoft.AspNetCore.Grpc.JsonTranscoding's.</summary>
public static class GrpcJsonTranscodingServiceExtensions
{
    /// <summary>Serves every mapped method as REST and JSON too, by its <c>google.api.http</c> rules.</summary>
    /// <param name="builder">The builder.</param>
    public static IGrpcServerBuilder AddJsonTranscoding(this IGrpcServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<WellKnownJson>();
        builder.Services.TryAddSingleton<RestRoutes>();
        return builder;
    }
}
