using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>A call while it runs: counts messages and bytes, and reports once when it ends. Knows nothing of what the messages say.</summary>
/// <param name="method">The method, as in <c>/package.Service/Method</c>.</param>
/// <param name="instruments">What is measured.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Writes about the ended call.</param>
internal sealed class ObservedCall(string method, CallInstruments instruments, TimeProvider time, Action<ObservedCall> log)
{
    private readonly long _start = time.GetTimestamp();
    private readonly bool _measuresSizes = instruments.MeasuresSizes;
    private int _hasEnded;

    /// <summary>The method as in <c>package.Service/Method</c>.</summary>
    public string Method { get; } = method.TrimStart('/');

    public int Requests { get; private set; }

    public int Responses { get; private set; }

    public TimeSpan Duration { get; private set; }

    public StatusCode Code { get; private set; }

    /// <summary>The stable reason of a refusal; its sentence may repeat what the caller sent, and is not kept.</summary>
    public string Reason { get; private set; } = "";

    public bool IsError => instruments.IsError(Code);

    public void Request(object message)
    {
        Requests++;
        if (_measuresSizes && message is IMessage sized)
        {
            instruments.Request(Method, sized.CalculateSize());
        }
    }

    public void Response(object message)
    {
        Responses++;
        if (_measuresSizes && message is IMessage sized)
        {
            instruments.Response(Method, sized.CalculateSize());
        }
    }

    public void Fail(RpcException error)
    {
        Reason = RichStatus.ReasonOf(error)?.Reason ?? "";
        End(error.StatusCode);
    }

    public void End(StatusCode code)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 1)
        {
            return;
        }

        Code = code;
        Duration = time.GetElapsedTime(_start);
        instruments.Ended(Method, code, Duration);
        log(this);
    }
}
