using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Keys;

/// <summary>One RSA key (RS256, Keycloak's default) and when it was made.</summary>
internal sealed class SigningKey
{
    public SigningKey(RSA rsa, DateTimeOffset created)
    {
        Rsa = rsa;
        Created = created;
        Security = new RsaSecurityKey(rsa);
        Security.KeyId = Base64UrlEncoder.Encode(Security.ComputeJwkThumbprint());
        Credentials = new SigningCredentials(Security, SecurityAlgorithms.RsaSha256);
    }

    public RSA Rsa { get; }
    public DateTimeOffset Created { get; }
    public RsaSecurityKey Security { get; }
    public SigningCredentials Credentials { get; }
    public string Id => Security.KeyId;

    public static SigningKey Create(DateTimeOffset now) => new(RSA.Create(2048), now);

    /// <summary>The public half as RFC 7517 asks.</summary>
    public object ToPublicJwk()
    {
        var parameters = Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kid = Id,
            kty = "RSA",
            alg = SecurityAlgorithms.RsaSha256,
            use = "sig",
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
