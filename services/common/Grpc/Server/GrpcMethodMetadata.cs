using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>What an endpoint says about the method it serves. The gRPC and the REST endpoints of a method carry the same.</summary>
public sealed class GrpcMethodMetadata
{
    /// <summary>Creates the metadata.</summary>
    /// <param name="serviceType">The class with the handler.</param>
    /// <param name="method">The method.</param>
    public GrpcMethodMetadata(Type serviceType, IMethod method)
        : this(serviceType, method, null)
    {
    }

    internal GrpcMethodMetadata(Type serviceType, IMethod method, MethodDescriptor? descriptor)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        ArgumentNullException.ThrowIfNull(method);
        ServiceType = serviceType;
        Method = method;
        Descriptor = descriptor;
    }

    /// <summary>The class with the handler.</summary>
    public Type ServiceType { get; }

    /// <summary>The method.</summary>
    public IMethod Method { get; }

    /// <summary>The method in its proto, with its options; null when the service was not generated from one.</summary>
    public MethodDescriptor? Descriptor { get; }
}
