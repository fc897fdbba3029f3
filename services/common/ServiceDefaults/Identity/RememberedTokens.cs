using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>
/// Checks a token once and remembers for a minute that it is good, because callers send the same one again and again and its signature is what
/// costs. Remembered under a hash, never longer than the token lives; a key that the issuer withdraws is obeyed after that minute. What was
/// refused is checked anew.
/// </summary>
internal sealed class RememberedTokens(TimeProvider time) : TokenHandler
{
    private const int Most = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _check = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<Hash, Known> _known = new();

    public override SecurityToken ReadToken(string token) => _check.ReadToken(token);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var (hash, now) = (Hash.Of(token), time.GetUtcNow());
        if (_known.TryGetValue(hash, out var known) && now < known.Until)
            return known.Answer();

        var result = await _check.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            if (_known.Count >= Most)
                Forget(now);
            _known[hash] = new(result, result.ClaimsIdentity.Clone(), Earlier(now + Memory, result.SecurityToken.ValidTo));
        }

        return result;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTime end) => end == default || end > one.UtcDateTime ? one : new(end, TimeSpan.Zero);

    /// <summary>What is over; and all, should so many callers be new within a minute that it would not help.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (hash, known) in _known)
        {
            if (now >= known.Until)
                _known.TryRemove(hash, out _);
        }

        if (_known.Count >= Most)
            _known.Clear();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hash(Int128 High, Int128 Low)
    {
        public static Hash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new(BitConverter.ToInt128(hash), BitConverter.ToInt128(hash[16..]));
        }
    }

    /// <summary>The claims are handed out as a copy: whoever gets them may add to them.</summary>
    private sealed record Known(TokenValidationResult Result, ClaimsIdentity Claims, DateTimeOffset Until)
    {
        public TokenValidationResult Answer() => new()
        {
            IsValid = true, ClaimsIdentity = Claims.Clone(), SecurityToken = Result.SecurityToken, Issuer = Result.Issuer, TokenType = Result.TokenType,
        };
    }
}
