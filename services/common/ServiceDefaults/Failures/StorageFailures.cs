using Ecosystem.Grpc;
using Ecosystem.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecosystem.ServiceDefaults.Failures;

/// <summary>Says in the terms of a contract what the store refuses. A service that knows better answers before this one hears of it.</summary>
internal sealed class StorageFailures : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(() => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(() => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(() => ToTheEndAsync(continuation(request, responseStream, context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(() => ToTheEndAsync(continuation(requestStream, responseStream, context)));

    private static async Task<T> AnswerAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (RefusalOf(failure) is not null)
        {
            throw RefusalOf(failure)!;
        }
    }

    private static async Task<bool> ToTheEndAsync(Task stream)
    {
        await stream;
        return true;
    }

    private static RpcException? RefusalOf(Exception failure) => failure switch
    {
        ConcurrencyException { CurrentEtag: null } => RichStatus.NotFound("It was deleted while you changed it."),
        ConcurrencyException { CurrentEtag: { } etag } => RichStatus.Aborted(
            "ETAG_MISMATCH",
            "Somebody else changed it first. Read it again, and send your change with its current etag.",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["etag"] = etag }),
        UniqueConstraintException taken => RichStatus.AlreadyExists(
            "ALREADY_EXISTS",
            $"There is one with the same {taken.Index} already. Nothing was changed.",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["field"] = taken.Index }),
        PageTokenException invalid => RichStatus.InvalidArgument("The page cannot be read: one field must be mended.", ("page_token", invalid.Message)),
        EventTooLargeException large => RichStatus.InvalidArgument(
            $"It is too large: others hear of it in one message of at most {large.Largest} bytes, and this would be {large.Size}."),
        StoreUnavailableException unavailable => RichStatus.Unavailable("STORE_UNAVAILABLE", unavailable.Message),
        _ => null,
    };
}
