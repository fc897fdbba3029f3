using Grpc.Core;

namespace Ecosystem.Grpc.Server.Calls;

/// <summary>Requests of a streaming caller, read one at a time so that a slow handler slows the caller down.</summary>
internal sealed class RequestStream<T>(GrpcCallContext context, Func<DeserializationContext, T> deserialize) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;
    private bool _hasEnded;

    public T Current => _current ?? throw new InvalidOperationException("There is no message before the first MoveNext or after the end.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return Task.FromResult(false);
        }

        return cancellationToken.CanBeCanceled && cancellationToken != context.CancellationToken
            ? MoveNextLinkedAsync(cancellationToken)
            : MoveNextAsync(context.CancellationToken);
    }

    private async Task<bool> MoveNextLinkedAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.CancellationToken);
        return await MoveNextAsync(either.Token);
    }

    private async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        _current = await context.Reader.ReadAsync(deserialize, cancellationToken);
        _hasEnded = _current is null;
        return !_hasEnded;
    }
}
