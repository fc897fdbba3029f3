using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>Why a request's access token does not count.</summary>
/// <param name="Reason">For machines: UPPER_SNAKE_CASE, sent as <c>google.rpc.ErrorInfo.reason</c>.</param>
/// <param name="Sentence">For people: what is wrong and what to do.</param>
/// <param name="IsOurs">True when the fault is not the caller's: the identity provider cannot be reached.</param>
public sealed record TokenProblem(string Reason, string Sentence, bool IsOurs = false)
{
    /// <summary>No token was sent.</summary>
    public static readonly TokenProblem Missing = new(
        "TOKEN_MISSING", "This call needs an access token. Send it in the header 'Authorization: Bearer <token>'.");

    /// <summary>
    /// What is wrong with the token of the request, or null when none was sent or it is good. Needs
    /// <see cref="ServiceIdentityPipeline.UseServiceIdentity"/> to have run before.
    /// </summary>
    public static TokenProblem? Of(HttpContext context) =>
        context.Features.Get<TokenFailure>() is { } failure
            ? From(failure.Exception)
            : HasOtherScheme(context) ? new("TOKEN_MALFORMED", "The header 'Authorization' must read 'Bearer <token>'.") : null;

    private static bool HasOtherScheme(HttpContext context) =>
        context.Request.Headers.Authorization is [{ Length: > 0 } value, ..]
        && !value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static TokenProblem From(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => From(first),
        SecurityTokenExpiredException => new("TOKEN_EXPIRED", "The access token has expired. Get a new one and send the call again."),
        SecurityTokenNotYetValidException => new("TOKEN_NOT_YET_VALID", "The access token is not valid yet. Check the clock of the client."),
        SecurityTokenInvalidAudienceException => new(
            "TOKEN_WRONG_AUDIENCE", "The access token was issued for another API. Ask for one whose audience names this service."),
        SecurityTokenInvalidIssuerException => new(
            "TOKEN_WRONG_ISSUER", "The access token comes from another issuer. Get it from this ecosystem's identity provider."),
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => new(
            "TOKEN_WRONG_SIGNATURE", "The access token is not signed by this ecosystem's identity provider."),
        InvalidOperationException or HttpRequestException => new(
            "IDENTITY_PROVIDER_UNREACHABLE", "The access token cannot be checked because the identity provider does not answer. Try again soon.", IsOurs: true),
        _ => new("TOKEN_MALFORMED", "The access token cannot be read. Send the token exactly as the identity provider issued it."),
    };
}

/// <summary>Set when a token was refused; ASP.NET Core itself remembers only what succeeded.</summary>
internal sealed record TokenFailure(Exception Exception);
