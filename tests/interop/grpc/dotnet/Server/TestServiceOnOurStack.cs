using Ecosystem.InteropPeer.Contract;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.InteropPeer.Server;

/// <summary>The calls of the standard interop cases.</summary>
internal sealed class TestServiceOnOurStack : TestService.TestServiceBase
{
    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        await BeginAsync(context, request.ResponseCompressed?.Value == true);
        CheckCompression(context, [(request.ExpectCompressed, request.Payload)]);
        EndAsAsked(request.ResponseStatus);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        await BeginAsync(context);
        var told = new List<(BoolValue?, Payload)>();
        var sum = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            sum += request.Payload.Body.Length;
            if (request.ExpectCompressed is not null)
                told.Add((request.ExpectCompressed, request.Payload));
        }

        CheckCompression(context, told);
        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        await BeginAsync(context, request.ResponseParameters.Any(wanted => wanted.Compressed?.Value == true));
        await AnswerAsync(request, responseStream, context);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await BeginAsync(context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await AnswerAsync(request, responseStream, context);
    }

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses, ServerCallContext context)
    {
        EndAsAsked(request.ResponseStatus);
        foreach (var wanted in request.ResponseParameters)
        {
            if (wanted.IntervalUs > 0)
                await Task.Delay(TimeSpan.FromMicroseconds(wanted.IntervalUs), context.CancellationToken);
            responses.WriteOptions = wanted.Compressed?.Value == false ? new WriteOptions(WriteFlags.NoCompress) : null;
            await responses.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(wanted.Size) }, context.CancellationToken);
        }
    }

    /// <summary>Sends back the metadata of the cases, and asks for gzip where the client wants it.</summary>
    private static async Task BeginAsync(ServerCallContext context, bool isCompressed = false)
    {
        var initial = new Metadata();
        foreach (var entry in context.RequestHeaders)
        {
            if (entry.Key == WellKnown.EchoInitial)
                initial.Add(entry);
            else if (entry.Key == WellKnown.EchoTrailing)
                context.ResponseTrailers.Add(entry);
        }

        if (isCompressed)
            initial.Add(WellKnown.RequestEncoding, "gzip");
        if (initial.Count > 0)
            await context.WriteResponseHeadersAsync(initial);
    }

    private static void CheckCompression(ServerCallContext context, IReadOnlyCollection<(BoolValue? Expected, Payload Payload)> messages)
    {
        long SizeOf(bool compressed) => messages.Where(message => message.Expected?.Value == compressed).Sum(message => (long)message.Payload.Body.Length);
        if (context.GetHttpContext().Features.Get<RequestBytes>() is { } bytes && !bytes.Fits(SizeOf(compressed: false), SizeOf(compressed: true)))
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A message was not compressed as it said"));
    }

    private static void EndAsAsked(EchoStatus? status)
    {
        if (status is { Code: not 0 })
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
    }

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
