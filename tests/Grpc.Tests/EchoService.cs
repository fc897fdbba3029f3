using Ecosystem.Grpc.Tests.Contracts;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests;

internal sealed class EchoService(EchoProbe probe) : Echo.EchoBase
{
    public override async Task<EchoReply> Say(EchoRequest request, ServerCallContext context)
    {
        probe.Saw(context);
        switch (request.Text)
        {
            case "wait":
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                break;
            case "flaky" when probe.FailuresLeft-- > 0:
                throw RichStatus.Unavailable("STARTING", "Not yet.");
            case "crash":
                throw new InvalidOperationException("secret detail");
            case "headers":
                await context.WriteResponseHeadersAsync(context.RequestHeaders.Get("x-echo") is { } sent ? [sent] : []);
                if (context.RequestHeaders.Get("x-echo-bin") is { } bytes)
                {
                    context.ResponseTrailers.Add(bytes);
                }

                break;
        }

        Fail(request);
        return new EchoReply { Text = request.Text, Payload = Zeros(request.Size) };
    }

    public override Task<EchoReply> Touch(EchoRequest request, ServerCallContext context) => Say(request, context);

    public override async Task<EchoReply> Join(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        probe.Saw(context);
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync())
        {
            Fail(request);
            texts.Add(request.Text);
        }

        return new EchoReply { Text = string.Join(' ', texts) };
    }

    public override async Task Repeat(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        probe.Saw(context);
        for (var i = 0; i < request.Count || request.Count < 0; i++)
        {
            await responseStream.WriteAsync(new EchoReply { Text = request.Text, Payload = Zeros(request.Size) });
            probe.Written++;
        }

        Fail(request);
    }

    public override async Task Chat(IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        probe.Saw(context);
        try
        {
            await foreach (var request in requestStream.ReadAllAsync())
            {
                Fail(request);
                await responseStream.WriteAsync(new EchoReply { Text = request.Text });
            }
        }
        finally
        {
            probe.SawEnd();
        }
    }

    /// <summary>As many bytes as asked for, but never more than a server with some sense would send.</summary>
    private static ByteString Zeros(int size) => ByteString.CopyFrom(new byte[Math.Clamp(size, 0, 16 * 1024 * 1024)]);

    private static void Fail(EchoRequest request)
    {
        if (request.FailWith != 0)
        {
            throw RichStatus.Create((StatusCode)request.FailWith, request.Text, new Google.Rpc.ErrorInfo { Reason = "ASKED_TO", Domain = RichStatus.Domain });
        }
    }
}

/// <summary>What a test can see of the calls a server gets.</summary>
internal sealed class EchoProbe
{
    private int _calls;
    private int _ended;

    public int Calls => _calls;

    public int Ended => _ended;

    public int Written { get; set; }

    public int FailuresLeft { get; set; }

    public SeenCall Last { get; private set; } = null!;

    public CancellationToken LastToken { get; private set; }

    public void Saw(ServerCallContext context)
    {
        Last = new SeenCall(
            context.Method, context.Peer, context.Host, context.Deadline, context.RequestHeaders, context.GetMethodDescriptor()?.FullName);
        LastToken = context.CancellationToken;
        Interlocked.Increment(ref _calls);
    }

    public void SawEnd() => Interlocked.Increment(ref _ended);
}

internal sealed record SeenCall(string Method, string Peer, string Host, DateTime Deadline, Metadata RequestHeaders, string? Descriptor);
