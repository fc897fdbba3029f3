using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Messaging;

/// <summary>Lets in who sends <c>APP_API_TOKEN</c> in the header <c>dapr-api-token</c>, as the sidecar does.</summary>
internal sealed class SidecarTokenFilter(MessagingOptions options) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        options.AppToken is not { } expected || IsSame(expected, context.HttpContext.Request.Headers["dapr-api-token"].ToString())
            ? next(context)
            : ValueTask.FromResult<object?>(Results.Problem(
                "Only the sidecar of this service may call this: the header dapr-api-token is missing or wrong.",
                statusCode: StatusCodes.Status401Unauthorized));

    private static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
