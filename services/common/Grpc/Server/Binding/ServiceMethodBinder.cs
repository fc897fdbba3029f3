using System.Reflection;
using Ecosystem.Grpc.Server.Calls;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Server.Binding;

/// <summary>Receives the methods of a service from generated code and puts handler, activation and interceptors behind each.</summary>
/// <typeparam name="TService">The class with the handlers.</typeparam>
internal sealed class ServiceMethodBinder<TService>(CallSettings settings, ServiceDescriptor? descriptor, TimeProvider time, ILogger logger) : ServiceBinderBase
    where TService : class
{
    private readonly List<BoundMethod> _methods = [];

    public IReadOnlyList<BoundMethod> Methods => _methods;

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (info, call) = Handler<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = Pipeline.Unary<TRequest, TResponse>(settings.Interceptors, async (request, context) =>
        {
            await using var lease = ServiceActivation<TService>.Activate(context.GetHttpContext());
            return await call(lease.Service, request, context);
        });
        var door = new UnaryCallHandler<TRequest, TResponse>(method, invoke, settings, time, logger);
        Add(method, info, door.HandleAsync, bound => bound with
        {
            Unary = async (request, context) => (IMessage)await invoke((TRequest)request, context),
        });
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (info, call) = Handler<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = Pipeline.ClientStreaming<TRequest, TResponse>(settings.Interceptors, async (requests, context) =>
        {
            await using var lease = ServiceActivation<TService>.Activate(context.GetHttpContext());
            return await call(lease.Service, requests, context);
        });
        Add(method, info, new ClientStreamingCallHandler<TRequest, TResponse>(method, invoke, settings, time, logger).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (info, call) = Handler<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = Pipeline.ServerStreaming<TRequest, TResponse>(settings.Interceptors, async (request, responses, context) =>
        {
            await using var lease = ServiceActivation<TService>.Activate(context.GetHttpContext());
            await call(lease.Service, request, responses, context);
        });
        var door = new ServerStreamingCallHandler<TRequest, TResponse>(method, invoke, settings, time, logger);
        Add(method, info, door.HandleAsync, bound => bound with
        {
            ServerStreaming = (request, sink, context) => invoke((TRequest)request, new SinkWriter<TResponse>(sink), context),
        });
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (info, call) = Handler<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = Pipeline.DuplexStreaming<TRequest, TResponse>(settings.Interceptors, async (requests, responses, context) =>
        {
            await using var lease = ServiceActivation<TService>.Activate(context.GetHttpContext());
            await call(lease.Service, requests, responses, context);
        });
        Add(method, info, new DuplexStreamingCallHandler<TRequest, TResponse>(method, invoke, settings, time, logger).HandleAsync);
    }

    private void Add(IMethod method, MethodInfo info, RequestDelegate serve, Func<BoundMethod, BoundMethod>? refine = null)
    {
        object[] attributes = [.. typeof(TService).GetCustomAttributes(inherit: true), .. info.GetCustomAttributes(inherit: true)];
        var bound = new BoundMethod(method, descriptor?.FindMethodByName(method.Name), typeof(TService), settings, attributes, serve);
        _methods.Add(refine is null ? bound : refine(bound));
    }

    private static (MethodInfo Info, TDelegate Call) Handler<TDelegate>(IMethod method, params Type[] parameters)
        where TDelegate : Delegate
    {
        var info = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no public handler {method.Name} for {method.FullName}.");
        return (info, info.CreateDelegate<TDelegate>());
    }
}
