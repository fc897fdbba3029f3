using System.Security.Claims;
using System.Security.Cryptography;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>A good token is remembered: not longer than it lives, not longer than a minute, and nobody can add to what is remembered.</summary>
public sealed class RememberedTokensTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly RememberedTokens _tokens;

    public RememberedTokensTests() => _tokens = new(_time);

    public void Dispose() => _rsa.Dispose();

    [Fact]
    public async Task A_good_token_is_not_checked_again_within_a_minute()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);

        Assert.True((await _tokens.ValidateTokenAsync(token, Rules(withKey: false))).IsValid);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False((await _tokens.ValidateTokenAsync(token, Rules(withKey: false))).IsValid);
    }

    [Fact]
    public async Task A_token_is_forgotten_when_it_expires()
    {
        var token = Token(TimeSpan.FromSeconds(20));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);

        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.False((await _tokens.ValidateTokenAsync(token, Rules(withKey: false))).IsValid);
    }

    [Fact]
    public async Task A_refused_token_is_checked_anew()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.False((await _tokens.ValidateTokenAsync(token, Rules(withKey: false))).IsValid);

        Assert.True((await _tokens.ValidateTokenAsync(token, Rules())).IsValid);
    }

    [Fact]
    public async Task What_one_request_adds_to_the_claims_another_does_not_see()
    {
        var token = Token(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++)
        {
            var claims = (await _tokens.ValidateTokenAsync(token, Rules())).ClaimsIdentity;
            Assert.Equal("somebody", claims.FindFirst("sub")!.Value);
            Assert.False(claims.HasClaim("role", "operator"));
            claims.AddClaim(new Claim("role", "operator"));
        }
    }

    private string Token(TimeSpan life) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "issuer", Audience = "catalog", Expires = (_time.GetUtcNow() + life).UtcDateTime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "somebody" },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa), SecurityAlgorithms.RsaSha256),
    });

    private TokenValidationParameters Rules(bool withKey = true) => new()
    {
        ValidIssuer = "issuer", ValidAudience = "catalog", IssuerSigningKey = withKey ? new RsaSecurityKey(_rsa) : null,
    };
}
