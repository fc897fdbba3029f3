using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Server.Binding;

/// <summary>A method of a mapped service with its handler behind all interceptors.</summary>
/// <param name="Method">The method.</param>
/// <param name="Descriptor">The method in its proto; null when the service was not generated from one.</param>
/// <param name="ServiceType">The class with the handler.</param>
/// <param name="Settings">The options of the service.</param>
/// <param name="Metadata">Attributes of class and handler, for endpoint policies.</param>
/// <param name="ServeGrpc">Serves the gRPC door.</param>
internal sealed record BoundMethod(
    IMethod Method,
    MethodDescriptor? Descriptor,
    Type ServiceType,
    Calls.CallSettings Settings,
    IReadOnlyList<object> Metadata,
    RequestDelegate ServeGrpc)
{
    /// <summary>The handler of a unary method for doors that do not know its types.</summary>
    public Func<IMessage, ServerCallContext, Task<IMessage>>? Unary { get; init; }

    /// <summary>The handler of a server-streaming method for doors that do not know its types.</summary>
    public Func<IMessage, MessageSink, ServerCallContext, Task>? ServerStreaming { get; init; }
}

/// <summary>Takes the responses of a streaming handler.</summary>
internal delegate Task MessageSink(IMessage message, CancellationToken cancellationToken);

/// <summary>Lets a typed handler write to an untyped sink.</summary>
internal sealed class SinkWriter<T>(MessageSink sink) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken) => sink((IMessage)message!, cancellationToken);
}
