using Ecosystem.Grpc.Descriptors;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>The proto side of a call being served.</summary>
public static class MethodDescriptorExtensions
{
    /// <summary>The method in its proto, with its options; null when the service was not generated from one.</summary>
    public static MethodDescriptor? GetMethodDescriptor(this ServerCallContext serverCallContext) =>
        serverCallContext.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } metadata
            ? ServiceDescriptors.Of(metadata.ServiceType)?.FindMethodByName(metadata.Method.Name)
            : null;
}
