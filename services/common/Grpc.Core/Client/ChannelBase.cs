namespace Grpc.Core;

/// <summary>A way to one server or a group of equal servers.</summary>
/// <param name="target">Where the channel leads, for people.</param>
public abstract class ChannelBase(string target)
{
    /// <summary>Where the channel leads, for people.</summary>
    public string Target { get; } = target;

    /// <summary>An invoker that calls over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel; running calls are cancelled.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Implements <see cref="ShutdownAsync"/>.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
