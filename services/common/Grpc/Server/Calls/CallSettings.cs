using System.IO.Compression;
using Grpc.AspNetCore.Server;

namespace Ecosystem.Grpc.Server.Calls;

/// <summary>The options of one service after those of all were taken into account.</summary>
internal sealed record CallSettings(
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    bool DetailedErrors,
    string? ResponseEncoding,
    CompressionLevel CompressionLevel,
    IReadOnlyList<InterceptorRegistration> Interceptors)
{
    public static CallSettings From(GrpcServiceOptions all, GrpcServiceOptions own) => new(
        own.HasMaxReceiveMessageSize ? own.MaxReceiveMessageSize : all.MaxReceiveMessageSize,
        own.HasMaxSendMessageSize ? own.MaxSendMessageSize : all.MaxSendMessageSize,
        own.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false,
        own.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm,
        own.ResponseCompressionLevel ?? all.ResponseCompressionLevel ?? CompressionLevel.Fastest,
        [.. all.Interceptors, .. own.Interceptors]);
}
