using Grpc.Core;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>Tells of each message that is read.</summary>
internal sealed class CountedReader<T>(IAsyncStreamReader<T> inner, Action<object> read) : IAsyncStreamReader<T>
    where T : class
{
    public T Current => inner.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await inner.MoveNext(cancellationToken))
        {
            return false;
        }

        read(inner.Current);
        return true;
    }
}

/// <summary>Tells of each response that a server writes.</summary>
internal sealed class CountedResponses<T>(IServerStreamWriter<T> inner, ObservedCall call) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await inner.WriteAsync(message, cancellationToken);
        call.Response(message);
    }
}

/// <summary>Tells of each request that a client writes.</summary>
internal sealed class CountedRequests<T>(IClientStreamWriter<T> inner, ObservedCall call) : IClientStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await inner.WriteAsync(message, cancellationToken);
        call.Request(message);
    }

    public Task CompleteAsync() => inner.CompleteAsync();
}
