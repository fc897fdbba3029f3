using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>Unguessable values, and comparing them without telling how much was right.</summary>
internal static class Secrets
{
    /// <summary>256 random bits in base64url.</summary>
    public static string Create() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a secret, so that a memory dump or a log cannot replay it.</summary>
    public static string Fingerprint(string secret) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool AreEqual(string? left, string? right) =>
        left is not null && right is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
