using System.Security.Cryptography;
using System.Text;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>Proof key for code exchange, S256 only (RFC 7636; "plain" protects nobody).</summary>
internal static class Pkce
{
    public static bool IsWellFormedVerifier(string verifier) =>
        verifier.Length is >= 43 and <= 128 && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    public static bool IsWellFormedChallenge(string challenge) =>
        challenge.Length == 43 && challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static string ChallengeOf(string verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static void Check(CodeGrant grant, string? verifier)
    {
        if (grant.CodeChallenge is null)
        {
            if (verifier is not null)
                throw OAuthException.InvalidGrant("A code_verifier is given, but the code was requested without a code_challenge.");
            return;
        }

        if (verifier is null)
            throw OAuthException.InvalidGrant("PKCE code verifier not specified: send the code_verifier that belongs to the code_challenge.");
        if (!IsWellFormedVerifier(verifier) || !Secrets.AreEqual(ChallengeOf(verifier), grant.CodeChallenge))
            throw OAuthException.InvalidGrant("PKCE verification failed: the code_verifier does not belong to the code_challenge.");
    }
}
