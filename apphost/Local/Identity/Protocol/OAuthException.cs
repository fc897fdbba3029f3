namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>A refusal in the words of RFC 6749 section 5.2; the description is meant for the developer of the client.</summary>
internal sealed class OAuthException(string error, string description, int status = StatusCodes.Status400BadRequest)
    : Exception(description)
{
    public string Error { get; } = error;
    public int Status { get; } = status;

    public static OAuthException InvalidRequest(string description) => new("invalid_request", description);

    public static OAuthException InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuthException InvalidClient(string description) => new("invalid_client", description, StatusCodes.Status401Unauthorized);

    public IResult ToResult() => Results.Json(new { error = Error, error_description = Message }, statusCode: Status);
}
