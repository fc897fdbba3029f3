namespace Grpc.Core;

/// <summary>What a caller asks for one call.</summary>
public readonly struct CallOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="headers">Metadata sent before the first message.</param>
    /// <param name="deadline">The instant (UTC) after which the call fails with DEADLINE_EXCEEDED; null is no deadline.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">How messages are written.</param>
    /// <param name="propagationToken">Carries deadline and cancellation of the call being served to this one.</param>
    /// <param name="credentials">Credentials of this call.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
        : this(headers, deadline, cancellationToken, writeOptions, propagationToken, credentials, false)
    {
    }

    private CallOptions(
        Metadata? headers,
        DateTime? deadline,
        CancellationToken cancellationToken,
        WriteOptions? writeOptions,
        ContextPropagationToken? propagationToken,
        CallCredentials? credentials,
        bool isWaitForReady)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
        IsWaitForReady = isWaitForReady;
    }

    /// <summary>Metadata sent before the first message.</summary>
    public Metadata? Headers { get; }

    /// <summary>The instant (UTC) after which the call fails with DEADLINE_EXCEEDED; null is no deadline.</summary>
    public DateTime? Deadline { get; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>How messages are written.</summary>
    public WriteOptions? WriteOptions { get; }

    /// <summary>Carries deadline and cancellation of the call being served to this one.</summary>
    public ContextPropagationToken? PropagationToken { get; }

    /// <summary>Credentials of this call.</summary>
    public CallCredentials? Credentials { get; }

    /// <summary>Whether the call waits for a connection instead of failing fast.</summary>
    public bool IsWaitForReady { get; }

    /// <summary>The same options with other headers.</summary>
    public CallOptions WithHeaders(Metadata headers) =>
        new(headers, Deadline, CancellationToken, WriteOptions, PropagationToken, Credentials, IsWaitForReady);

    /// <summary>The same options with another deadline (UTC).</summary>
    public CallOptions WithDeadline(DateTime deadline) =>
        new(Headers, deadline, CancellationToken, WriteOptions, PropagationToken, Credentials, IsWaitForReady);

    /// <summary>The same options with another cancellation token.</summary>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        new(Headers, Deadline, cancellationToken, WriteOptions, PropagationToken, Credentials, IsWaitForReady);

    /// <summary>The same options with other write options.</summary>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) =>
        new(Headers, Deadline, CancellationToken, writeOptions, PropagationToken, Credentials, IsWaitForReady);

    /// <summary>The same options with another propagation token.</summary>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        new(Headers, Deadline, CancellationToken, WriteOptions, propagationToken, Credentials, IsWaitForReady);

    /// <summary>The same options with other credentials.</summary>
    public CallOptions WithCredentials(CallCredentials credentials) =>
        new(Headers, Deadline, CancellationToken, WriteOptions, PropagationToken, credentials, IsWaitForReady);

    /// <summary>The same options, waiting (or not) for a connection instead of failing fast.</summary>
    public CallOptions WithWaitForReady(bool waitForReady = true) =>
        new(Headers, Deadline, CancellationToken, WriteOptions, PropagationToken, Credentials, waitForReady);
}
