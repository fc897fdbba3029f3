using System.Globalization;
using Grpc.Core;
using Polly;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>A unary call that is repeated while its failures allow; its caller sees the last attempt.</summary>
internal sealed class RetryingUnaryCall<TRequest, TResponse>(
    ChannelSettings channel, Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) : IDisposable
    where TRequest : class
    where TResponse : class
{
    private const string AttemptsHeader = "grpc-previous-rpc-attempts";

    private readonly CancellationTokenSource _giveUp = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientCall<TRequest, TResponse>? _attempt;
    private int _previousAttempts;
    private volatile bool _hasEnded;

    public AsyncUnaryCall<TResponse> Start(ResiliencePipeline pipeline) =>
        new(RunAsync(pipeline), _headers.Task, () => Last().GetStatus(), () => Last().GetTrailers(), Dispose);

    /// <summary>Cancels the running attempt and makes no further one.</summary>
    public void Dispose()
    {
        if (!_hasEnded)
        {
            _giveUp.Cancel();
        }
    }

    private async Task<TResponse> RunAsync(ResiliencePipeline pipeline)
    {
        try
        {
            var response = await pipeline.ExecuteAsync(
                static (self, _) => new ValueTask<TResponse>(self.AttemptAsync()), this, _giveUp.Token);
            _headers.TrySetResult(await Last().Headers);
            return response;
        }
        catch (OperationCanceledException cancelled) when (!channel.ThrowsOperationCanceled)
        {
            throw Fail(new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled.", cancelled)));
        }
        catch (RpcException error)
        {
            Fail(error);
            throw;
        }
        finally
        {
            _hasEnded = true;
            _giveUp.Dispose();
        }
    }

    private RpcException Fail(RpcException error)
    {
        _headers.TrySetException(error);
        _ = _headers.Task.Exception;
        return error;
    }

    private Task<TResponse> AttemptAsync()
    {
        var headers = options.Headers;
        if (_previousAttempts > 0)
        {
            headers = [.. options.Headers ?? [], new Metadata.Entry(AttemptsHeader, _previousAttempts.ToString(CultureInfo.InvariantCulture))];
        }

        _previousAttempts++;
        var attemptOptions = (headers is null ? options : options.WithHeaders(headers)).WithCancellationToken(_giveUp.Token);
        _attempt = new ClientCall<TRequest, TResponse>(channel, method, host, attemptOptions);
        return ChannelCallInvoker.SendUnaryAsync(_attempt, request);
    }

    private ClientCall<TRequest, TResponse> Last() => _attempt ?? throw new InvalidOperationException("The call has not ended yet.");
}
