using System.Security.Claims;
using System.Security.Cryptography;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>A good token is remembered: not longer than it lives, not longer than a minute, and nobody can change what is remembered.</summary>
public sealed class RememberedTokensTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly RememberedTokens _tokens;

    public RememberedTokensTests() => _tokens = new(_time);

    public void Dispose() => _rsa.Dispose();

    [Fact]
    public async Task A_good_token_is_known_for_a_minute()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.Null(_tokens.Find(token));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);

        Assert.Equal("somebody", _tokens.Find(token)?.Caller.FindFirst("sub")?.Value);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(_tokens.Find(token));
    }

    [Fact]
    public async Task A_token_is_forgotten_when_it_expires()
    {
        var token = Token(TimeSpan.FromSeconds(20));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);

        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Null(_tokens.Find(token));
    }

    [Fact]
    public async Task A_refused_token_is_not_remembered_and_checked_anew()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.False((await _tokens.ValidateTokenAsync(token, Rules(withKey: false))).IsValid);
        Assert.Null(_tokens.Find(token));

        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);
    }

    [Fact]
    public async Task A_token_that_differs_in_one_character_is_another()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);

        Assert.Null(_tokens.Find(token + "A"));
        Assert.Null(_tokens.Find(token.AsSpan(1)));
        Assert.Null(_tokens.Find(""));
    }

    [Fact]
    public async Task A_token_longer_than_usual_is_remembered_too()
    {
        var token = Token(TimeSpan.FromHours(1), ("note", new string('n', 20_000)));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);

        Assert.NotNull(_tokens.Find(token));
    }

    [Fact]
    public async Task The_roles_of_the_realm_are_remembered_with_it()
    {
        var token = Token(TimeSpan.FromHours(1), ("realm_access", new Dictionary<string, object>(StringComparer.Ordinal) { ["roles"] = new[] { "analyst", "auditor" } }));
        await _tokens.ValidateTokenAsync(token, Rules());

        Assert.Equal(["analyst", "auditor"], _tokens.Find(token)!.Caller.FindAll("role").Select(role => role.Value));
    }

    [Fact]
    public async Task What_all_requests_share_nobody_can_change()
    {
        var token = Token(TimeSpan.FromHours(1));
        await _tokens.ValidateTokenAsync(token, Rules());
        var shared = Assert.IsAssignableFrom<ClaimsIdentity>(_tokens.Find(token)!.Caller.Identity);

        Assert.Throws<InvalidOperationException>(() => shared.AddClaim(new Claim("role", "operator")));
        Assert.Throws<InvalidOperationException>(() => shared.AddClaims([new Claim("role", "operator")]));
        Assert.Throws<InvalidOperationException>(() => shared.RemoveClaim(shared.FindFirst("sub")));
        Assert.Throws<InvalidOperationException>(() => shared.TryRemoveClaim(shared.FindFirst("sub")));
    }

    private string Token(TimeSpan life, params (string Name, object Value)[] more) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "issuer", Audience = "catalog", Expires = (_time.GetUtcNow() + life).UtcDateTime,
        Claims = more.Append(("sub", "somebody")).ToDictionary(claim => claim.Item1, claim => claim.Item2, StringComparer.Ordinal),
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa), SecurityAlgorithms.RsaSha256),
    });

    private TokenValidationParameters Rules(bool withKey = true) => new()
    {
        ValidIssuer = "issuer", ValidAudience = "catalog", IssuerSigningKey = withKey ? new RsaSecurityKey(_rsa) : null,
    };
}
