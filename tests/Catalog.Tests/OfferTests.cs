using System.Security.Cryptography;
using System.Text;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class OfferTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Fact]
    public async Task Terms_are_attached_exactly_as_written_with_their_digest()
    {
        DataAsset asset = await CreateAsync();

        DataAsset offered = await catalog.DataAssets(TestTokens.Holder).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Terms, Etag = asset.Etag });

        Assert.Equal(Terms, offered.Offer.PolicyJson);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Terms))), offered.Offer.PolicySha256);
        Assert.Equal(offered, await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id }));
    }

    [Fact]
    public async Task New_terms_take_the_place_of_the_old_and_are_another_offer()
    {
        DataAsset asset = await CreateAsync();
        DataAsset first = await catalog.DataAssets(TestTokens.Holder).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Terms });

        DataAsset second = await catalog.DataAssets(TestTokens.Holder).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Terms.Replace("anonymize", "inform", StringComparison.Ordinal) });

        Assert.NotEqual(first.Offer.Id, second.Offer.Id);
        Assert.NotEqual(first.Offer.PolicySha256, second.Offer.PolicySha256);
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("{ \"@type\": \"Offer\", ", "$:")]
    [InlineData("""{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Set","uid":"https://example.org/1","permission":[{"target":"https://example.org/d","action":"use"}]}""", "must be an Offer")]
    [InlineData("""{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"https://example.org/1","prohibition":[{"target":"https://example.org/d","action":"use"}]}""", "permits nothing")]
    [InlineData("""{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"https://example.org/1","permission":[{"target":"https://example.org/d","action":"read"}],"prohibition":[{"target":"https://example.org/d","action":"use"}]}""", "$.permission[0]: A prohibition")]
    [InlineData("""{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"https://example.org/1","permission":[{"target":"https://example.org/d","action":"use","constraint":[{"leftOperand":"dateTime","operator":"gt","rightOperand":"2031-01-01"},{"leftOperand":"dateTime","operator":"lt","rightOperand":"2030-01-01"}]}]}""", "lower limit is above")]
    [InlineData("""{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"https://example.org/1","permission":[{"target":"https://example.org/d","action":"use","constraint":[{"leftOperand":"dateTime","operator":"lt","rightOperand":"2001-01-01"}]}]}""", "already ended")]
    [InlineData("""{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"https://example.org/1","permission":[{"target":"https://example.org/d","action":"use","constraint":[{"leftOperand":"count","operator":"lteq","rightOperand":0}]}]}""", "fewer than one use")]
    public async Task Terms_that_nobody_could_meet_are_refused_with_the_place_and_the_reason(string policy, string reason)
    {
        DataAsset asset = await CreateAsync();

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = policy }), StatusCode.InvalidArgument);

        Assert.Contains(reason, Problem(refused, "policy_json"), StringComparison.Ordinal);
        Assert.Null((await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id })).Offer);
    }

    [Fact]
    public async Task Only_the_holder_states_terms()
    {
        DataAsset asset = await CreateAsync();

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.OtherHolder).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Terms }), StatusCode.PermissionDenied);

        Assert.Equal("NOT_THE_HOLDER", RichStatus.ReasonOf(refused)!.Reason);
    }

    private async Task<DataAsset> CreateAsync() =>
        await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset() });
}
