using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Server.Binding;

/// <summary>The service object of a call: from the services when registered there, else created from them for this call.</summary>
internal static class ServiceActivation<TService>
    where TService : class
{
    private static readonly ObjectFactory<TService> Create = ActivatorUtilities.CreateFactory<TService>([]);

    public static Lease Activate(HttpContext httpContext) =>
        httpContext.RequestServices.GetService<TService>() is { } registered
            ? new Lease(registered, false)
            : new Lease(Create(httpContext.RequestServices, []), true);

    public readonly record struct Lease(TService Service, bool IsOwned) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => IsOwned ? Disposal.DisposeAsync(Service) : ValueTask.CompletedTask;
    }
}

internal static class Disposal
{
    public static ValueTask DisposeAsync(object owned)
    {
        switch (owned)
        {
            case IAsyncDisposable asynchronous:
                return asynchronous.DisposeAsync();
            case IDisposable synchronous:
                synchronous.Dispose();
                return ValueTask.CompletedTask;
            default:
                return ValueTask.CompletedTask;
        }
    }
}
