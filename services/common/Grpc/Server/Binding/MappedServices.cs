using System.Reflection;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.Server.Calls;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ecosystem.Grpc.Server.Binding;

/// <summary>All services this process offers; reflection, transcoding and documentation are built from it.</summary>
internal sealed class MappedServices(IOptions<GrpcServiceOptions> options, ILoggerFactory loggers, TimeProvider? time = null)
{
    private readonly List<BoundMethod> _methods = [];

    /// <summary>The methods of all mapped services, in the order of mapping.</summary>
    public IReadOnlyList<BoundMethod> Methods => _methods;

    /// <summary>The services with a proto.</summary>
    public IEnumerable<ServiceDescriptor> Services => _methods.Select(m => m.Descriptor?.Service).OfType<ServiceDescriptor>().Distinct();

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    public IReadOnlyList<BoundMethod> Bind<TService>(GrpcServiceOptions<TService> own)
        where TService : class
    {
        var (baseType, attribute) = ServiceDescriptors.FindGeneratedBase(typeof(TService)) ?? throw new InvalidOperationException(
            $"{typeof(TService)} is not a gRPC service: it must derive from the base class protoc generates, as in Greeter.GreeterBase.");
        var bind = attribute.BindType.GetMethod(attribute.BindMethodName, BindingFlags.Public | BindingFlags.Static, [typeof(ServiceBinderBase), baseType])
            ?? throw new InvalidOperationException($"{attribute.BindType} has no method {attribute.BindMethodName}(ServiceBinderBase, {baseType.Name}).");
        var binder = new ServiceMethodBinder<TService>(
            CallSettings.From(options.Value, own), ServiceDescriptors.Of(typeof(TService)), Time, loggers.CreateLogger($"Grpc.{typeof(TService).Name}"));
        bind.Invoke(null, [binder, null]);
        _methods.AddRange(binder.Methods);
        return binder.Methods;
    }
}
