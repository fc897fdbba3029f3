using System.Net;
using System.Net.Http.Headers;
using Ecosystem.Grpc.Wire;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>
/// The one message of a unary request, framed already. A server may answer before it has read the request, and the transport may
/// send it again over another connection; so the memory goes back to the pool only when nobody sends from it any more.
/// Otherwise the next call's message would end up in this one.
/// </summary>
internal sealed class MessageContent : HttpContent
{
    private readonly PooledBufferWriter _frame;
    private readonly Lock _lock = new();
    private int _holders = 1;
    private bool _isDisposed;

    public MessageContent(PooledBufferWriter frame)
    {
        _frame = frame;
        Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_holders == 0, this);
            _holders++;
        }

        try
        {
            await stream.WriteAsync(_frame.WrittenMemory, cancellationToken);
        }
        finally
        {
            LetGo();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _frame.WrittenCount;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            LetGo();
        }

        base.Dispose(disposing);
    }

    private void LetGo()
    {
        lock (_lock)
        {
            _holders--;
            if (_holders == 0)
            {
                _frame.Dispose();
            }
        }
    }
}

/// <summary>The messages of a streaming request: hands out the transport's stream and stays open until told.</summary>
internal sealed class MessageStreamContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MessageStreamContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);

    /// <summary>The stream to write to, once there is a connection.</summary>
    public Task<Stream> Stream => _stream.Task;

    /// <summary>Ends the request.</summary>
    public void Complete()
    {
        _completed.TrySetResult();
        _stream.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers leave now, so that a server may answer before the first message.
        await stream.FlushAsync(cancellationToken);
        _stream.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
