using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace Ecosystem.Grpc;

/// <summary>
/// Expected failures with details a program can act on (google.rpc.Status in <c>grpc-status-details-bin</c>, AIP-193).
/// The REST door shows the same as RFC 9457 problem+json. A reason is UPPER_SNAKE_CASE and stays the same for ever; the sentence is for people.
/// </summary>
public static class RichStatus
{
    /// <summary>The domain of every reason given here (google.rpc.ErrorInfo.domain).</summary>
    public const string Domain = "ecosystem";

    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The request is wrong; INVALID_ARGUMENT, 400.</summary>
    /// <param name="sentence">What is wrong as a whole.</param>
    /// <param name="violations">Each wrong field by its path, as in <c>distributions[0].access_url</c>, with what to put right.</param>
    public static RpcException InvalidArgument(string sentence, params (string Field, string Problem)[] violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        if (violations.Length == 0)
        {
            return Create(StatusCode.InvalidArgument, sentence);
        }

        var badRequest = new BadRequest();
        badRequest.FieldViolations.AddRange(
            violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Problem }));
        return Create(StatusCode.InvalidArgument, sentence, badRequest);
    }

    /// <summary>It does not exist, or this caller must not learn that it does; NOT_FOUND, 404.</summary>
    /// <param name="sentence">What was not found.</param>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="metadata">Facts for programs.</param>
    public static RpcException NotFound(string sentence, string reason = "NOT_FOUND", IReadOnlyDictionary<string, string>? metadata = null) =>
        Create(StatusCode.NotFound, sentence, Info(reason, metadata));

    /// <summary>It exists already; ALREADY_EXISTS, 409.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">What exists.</param>
    /// <param name="metadata">Facts for programs.</param>
    public static RpcException AlreadyExists(string reason, string sentence, IReadOnlyDictionary<string, string>? metadata = null) =>
        Create(StatusCode.AlreadyExists, sentence, Info(reason, metadata));

    /// <summary>The caller is not known; UNAUTHENTICATED, 401 with <c>WWW-Authenticate</c>.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">What is missing or wrong about the caller's token.</param>
    /// <param name="metadata">Facts for programs.</param>
    public static RpcException Unauthenticated(string reason, string sentence, IReadOnlyDictionary<string, string>? metadata = null) =>
        Create(StatusCode.Unauthenticated, sentence, Info(reason, metadata));

    /// <summary>The caller is known and may not do this; PERMISSION_DENIED, 403.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">What is needed.</param>
    /// <param name="metadata">Facts for programs.</param>
    public static RpcException PermissionDenied(string reason, string sentence, IReadOnlyDictionary<string, string>? metadata = null) =>
        Create(StatusCode.PermissionDenied, sentence, Info(reason, metadata));

    /// <summary>Two writers met; read again and repeat. ABORTED, 409.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">What happened.</param>
    /// <param name="metadata">Facts for programs, such as the current <c>etag</c>.</param>
    public static RpcException Aborted(string reason, string sentence, IReadOnlyDictionary<string, string>? metadata = null) =>
        Create(StatusCode.Aborted, sentence, Info(reason, metadata));

    /// <summary>The system is not in the state the call needs; FAILED_PRECONDITION, 400.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">Which state is needed.</param>
    /// <param name="metadata">Facts for programs.</param>
    public static RpcException FailedPrecondition(string reason, string sentence, IReadOnlyDictionary<string, string>? metadata = null) =>
        Create(StatusCode.FailedPrecondition, sentence, Info(reason, metadata));

    /// <summary>The system is not in the state the call needs; FAILED_PRECONDITION, 400, saying of everything that is missing what it is.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">Which state is needed.</param>
    /// <param name="violations">Each unmet condition: its kind in UPPER_SNAKE_CASE, what it is about (an id or a name), and what to do (google.rpc.PreconditionFailure).</param>
    public static RpcException FailedPrecondition(string reason, string sentence, params IReadOnlyList<(string Type, string Subject, string Problem)> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        var failure = new PreconditionFailure();
        failure.Violations.AddRange(
            violations.Select(v => new PreconditionFailure.Types.Violation { Type = v.Type, Subject = v.Subject, Description = v.Problem }));
        return Create(StatusCode.FailedPrecondition, sentence, Info(reason, null), failure);
    }

    /// <summary>A quota, rate or size limit was reached; RESOURCE_EXHAUSTED, 429 with <c>Retry-After</c> when known.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">Which limit.</param>
    /// <param name="retryAfter">When to try again; null when waiting does not help.</param>
    public static RpcException ResourceExhausted(string reason, string sentence, TimeSpan? retryAfter = null) =>
        Create(StatusCode.ResourceExhausted, sentence, WithRetry(reason, retryAfter));

    /// <summary>Not reachable at present; UNAVAILABLE, 503 with <c>Retry-After</c> when known.</summary>
    /// <param name="reason">The reason for programs.</param>
    /// <param name="sentence">What is not reachable.</param>
    /// <param name="retryAfter">When to try again; null when not known.</param>
    public static RpcException Unavailable(string reason, string sentence, TimeSpan? retryAfter = null) =>
        Create(StatusCode.Unavailable, sentence, WithRetry(reason, retryAfter));

    /// <summary>Any code with any details.</summary>
    /// <param name="code">The code.</param>
    /// <param name="sentence">A sentence for people, in English.</param>
    /// <param name="details">Messages of google/rpc/error_details.proto, or others.</param>
    public static RpcException Create(StatusCode code, string sentence, params IReadOnlyList<IMessage> details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var status = new RpcStatus { Code = (int)code, Message = sentence };
        status.Details.AddRange(details.Select(Any.Pack));
        return new RpcException(new Status(code, sentence), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }

    /// <summary>The rich status of an error received or thrown; without details it has just code and sentence.</summary>
    /// <param name="error">The error.</param>
    public static RpcStatus Of(RpcException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var plain = new RpcStatus { Code = (int)error.StatusCode, Message = error.Status.Detail ?? "" };
        if (error.Trailers.Get(DetailsTrailer)?.ValueBytes is not { } bytes)
        {
            return plain;
        }

        try
        {
            return RpcStatus.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            // A peer's broken details must not hide its status.
            return plain;
        }
    }

    /// <summary>The reason of an error received or thrown, or null when it gives none.</summary>
    /// <param name="error">The error.</param>
    public static ErrorInfo? ReasonOf(RpcException error) => Detail<ErrorInfo>(Of(error));

    /// <summary>The first detail of a type, or null.</summary>
    /// <typeparam name="T">A message of google/rpc/error_details.proto, or another.</typeparam>
    /// <param name="status">The status.</param>
    public static T? Detail<T>(RpcStatus status)
        where T : class, IMessage, new()
    {
        ArgumentNullException.ThrowIfNull(status);
        var wanted = new T();
        return status.Details.FirstOrDefault(d => d.Is(wanted.Descriptor)) is { } any ? any.Unpack<T>() : null;
    }

    private static IMessage[] WithRetry(string reason, TimeSpan? retryAfter) => retryAfter is null
        ? [Info(reason, null)]
        : [Info(reason, null), new RetryInfo { RetryDelay = retryAfter.Value.ToDuration() }];

    private static ErrorInfo Info(string reason, IReadOnlyDictionary<string, string>? metadata)
    {
        var info = new ErrorInfo { Reason = reason, Domain = Domain };
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
        {
            info.Metadata.Add(key, value);
        }

        return info;
    }
}
