using System.Buffers;
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

    /// <summary>What is known of a token that was found good within the last minute; null says nothing about it.</summary>
    public Known? Find(ReadOnlySpan<char> token) => _known.TryGetValue(Hash.Of(token), out var known) && IsInForce(known) ? known : null;

    /// <summary>Whether the minute has not passed yet, nor the token ended.</summary>
    public bool IsInForce(Known known) => time.GetUtcNow() < known.Until;

    public override SecurityToken ReadToken(string token) => _check.ReadToken(token);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var result = await _check.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            RealmAccess.LiftRoles(result.ClaimsIdentity);
            var now = time.GetUtcNow();
            if (_known.Count >= Most)
                Forget(now);
            _known[Hash.Of(token)] = new(new(new RememberedIdentity(result.ClaimsIdentity)), Earlier(now + Memory, result.SecurityToken.ValidTo));
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

    /// <summary>Whom a good token means, and until when that counts.</summary>
    public sealed record Known(ClaimsPrincipal Caller, DateTimeOffset Until);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hash(Int128 High, Int128 Low)
    {
        private const int OnStack = 4096;

        public static Hash Of(ReadOnlySpan<char> token)
        {
            var most = Encoding.UTF8.GetMaxByteCount(token.Length);
            var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
            Span<byte> bytes = rented ?? stackalloc byte[OnStack];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            return new(BitConverter.ToInt128(hash), BitConverter.ToInt128(hash[16..]));
        }
    }
}
