using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Interceptors of calls, the first one outermost.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The name is that of the public package.")]
public class InterceptorCollection : Collection<InterceptorRegistration>
{
    /// <summary>Adds an interceptor. One instance per call, from the services when registered there, else created from them.</summary>
    /// <typeparam name="TInterceptor">The interceptor.</typeparam>
    /// <param name="args">Constructor arguments that do not come from the services.</param>
    public void Add<TInterceptor>(params object[] args)
        where TInterceptor : Interceptor => Add(typeof(TInterceptor), args);

    /// <summary>Adds an interceptor.</summary>
    /// <param name="interceptorType">The interceptor.</param>
    /// <param name="args">Constructor arguments that do not come from the services.</param>
    public void Add(Type interceptorType, params object[] args) => Add(new InterceptorRegistration(interceptorType, args));
}

/// <summary>An interceptor to be used.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly ObjectFactory _create;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsAssignableTo(typeof(Interceptor)))
        {
            throw new ArgumentException($"{type} is not an interceptor: it must derive from {typeof(Interceptor)}.", nameof(type));
        }

        Type = type;
        _arguments = arguments;
        _create = ActivatorUtilities.CreateFactory(type, [.. arguments.Select(a => a.GetType())]);
    }

    /// <summary>The interceptor.</summary>
    public Type Type { get; }

    /// <summary>Constructor arguments that do not come from the services.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>The interceptor for a call; owned by the caller when it does not come from the services.</summary>
    internal (Interceptor Interceptor, bool IsOwned) Create(IServiceProvider services) =>
        _arguments.Length == 0 && services.GetService(Type) is Interceptor registered
            ? (registered, false)
            : ((Interceptor)_create(services, _arguments), true);
}
