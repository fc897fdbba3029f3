using System.Globalization;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Gateway.Refusals;

/// <summary>Every refusal of the gateway, in one place, with the sentence a person can act on.</summary>
internal static class GatewayRefusals
{
    public static Refusal BadToken(TokenProblem problem) => problem.IsOurs
        ? new(StatusCodes.Status503ServiceUnavailable, RichStatus.Unavailable(problem.Reason, problem.Sentence, TimeSpan.FromSeconds(5)))
        : new(StatusCodes.Status401Unauthorized, RichStatus.Unauthenticated(problem.Reason, problem.Sentence));

    public static Refusal TooManyRequests(TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        RichStatus.ResourceExhausted("RATE_LIMIT", $"You have sent too many requests. Try again in {Seconds(retryAfter)} s.", retryAfter));

    public static Refusal BodyTooLarge(long? limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        RichStatus.ResourceExhausted("BODY_TOO_LARGE", limit is null
            ? "The request body is larger than this path accepts."
            : $"The request body is larger than the {limit.Value.ToString(CultureInfo.InvariantCulture)} bytes that this path accepts."));

    public static Refusal BodyTooSlow() => new(
        StatusCodes.Status408RequestTimeout,
        RichStatus.Unavailable("BODY_TOO_SLOW", "The request body arrived too slowly. Send the request again over a better connection."));

    public static Refusal OtherRegion(string wanted, string served) => new(
        StatusCodes.Status421MisdirectedRequest,
        RichStatus.FailedPrecondition("OTHER_REGION", $"This gateway serves the region '{served}', and the request asks for '{wanted}'. It knows no way there; send it to the gateway of that region."));

    public static Refusal RegionUnreachable(string region) => new(
        StatusCodes.Status502BadGateway,
        RichStatus.Unavailable("REGION_UNREACHABLE", $"The region '{region}' cannot be reached at present. Try again soon.", TimeSpan.FromSeconds(5)));

    public static Refusal ServiceUnreachable(string service) => new(
        StatusCodes.Status502BadGateway,
        RichStatus.Unavailable("SERVICE_UNREACHABLE", $"The service '{service}' cannot be reached at present. Try again soon.", TimeSpan.FromSeconds(1)));

    public static Refusal ServiceUnavailable(string service) => new(
        StatusCodes.Status503ServiceUnavailable,
        RichStatus.Unavailable("SERVICE_UNAVAILABLE", $"The service '{service}' is not available at present. Try again soon.", TimeSpan.FromSeconds(5)));

    public static Refusal ServiceBroke(string service) => new(
        StatusCodes.Status502BadGateway,
        RichStatus.Unavailable("SERVICE_BROKE_OFF", $"The service '{service}' broke off before it had answered. Whether it did what was asked is not known."));

    public static Refusal ServiceTooSlow(string service) => new(
        StatusCodes.Status504GatewayTimeout,
        RichStatus.Create(global::Grpc.Core.StatusCode.DeadlineExceeded, $"The service '{service}' did not answer in time. Whether it did what was asked is not known.",
            new Google.Rpc.ErrorInfo { Domain = RichStatus.Domain, Reason = "SERVICE_TIMEOUT" }));

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
