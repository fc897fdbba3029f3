using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>Puts the check of access tokens into a host's pipeline.</summary>
public static class ServiceIdentityPipeline
{
    private const string Scheme = "Bearer ";

    // With this property WebApplication knows that it need not put UseAuthentication in front of everything itself.
    private const string IsSet = "__AuthenticationMiddlewareSet";

    /// <summary>
    /// Sets the user of each request from its access token, from here on in the pipeline; called again it changes nothing. A request without
    /// a token, and one whose token was found good within the last minute, does not go through ASP.NET Core's authentication: that looks up
    /// schemes, makes a handler and copies the claims each time, which costs a door more than passing the request on.
    /// </summary>
    public static WebApplication UseServiceIdentity(this WebApplication app)
    {
        if (((IApplicationBuilder)app).Properties.TryAdd(IsSet, true))
        {
            var remembered = app.Services.GetRequiredService<RememberedTokens>();
            app.UseWhen(context => !IsKnown(context, remembered), unknown => unknown.UseAuthentication());
        }

        return app;
    }

    private static bool IsKnown(HttpContext context, RememberedTokens remembered)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return true; // nobody, which is what the request says without our doing
        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.Ordinal))
            return false;

        var known = LastToken.Find(context, value);
        if (known is null || !remembered.IsInForce(known))
        {
            known = remembered.Find(value.AsSpan(Scheme.Length));
            if (known is null)
                return false;
            LastToken.Keep(context, value, known);
        }

        context.User = known.Caller;
        return true;
    }
}
