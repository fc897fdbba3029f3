using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Ecosystem.Grpc.Descriptors;

/// <summary>Finds the descriptor of a service from its class.</summary>
internal static class ServiceDescriptors
{
    private static readonly ConcurrentDictionary<Type, ServiceDescriptor?> Known = new();

    /// <summary>The service in its proto; null when the class is no generated service.</summary>
    public static ServiceDescriptor? Of(Type serviceType) => Known.GetOrAdd(serviceType, static type =>
        FindGeneratedBase(type)?.Attribute.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor);

    /// <summary>The class protoc generated, with where its binding method is.</summary>
    public static (Type Base, BindServiceMethodAttribute Attribute)? FindGeneratedBase(Type serviceType)
    {
        for (var type = serviceType; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
            {
                return (type, attribute);
            }
        }

        return null;
    }
}
