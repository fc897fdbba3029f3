using System.Security.Cryptography;
using System.Text;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Odrl;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Offers;

/// <summary>A holder states the terms under which its data may be used.</summary>
internal sealed class AttachOffer(IDocumentStore store, IIdSource ids, DataAssetRegister register, TimeProvider time)
{
    private const int LargestPolicy = 256 * 1024;

    public async Task<DataAsset> HandleAsync(AttachOfferRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindOwnAsync(session, request.Id, caller, ct);
        Check(request.PolicyJson);

        session.Expect(document, request.Etag);
        DataAsset changed = document.Asset.Clone();
        changed.Offer = OfferOf(request.PolicyJson);
        document.Become(changed);
        return await register.SaveAsync(session, new AssetChange(document, caller, Published: version => new OfferAttached { DataAsset = document.Asset, Version = version }), ct);
    }

    /// <summary>The offer is kept exactly as written; its digest is what an agreement is bound to.</summary>
    public Offer OfferOf(string policyJson) => new()
    {
        Id = ids.Next(),
        PolicyJson = policyJson,
        PolicySha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policyJson))),
        AttachTime = register.Now(),
    };

    private void Check(string policyJson)
    {
        var violations = new Violations();
        if (string.IsNullOrWhiteSpace(policyJson))
        {
            violations.Add("policy_json", "The terms are required: an ODRL 2.2 offer as JSON-LD text.");
        }
        else if (Encoding.UTF8.GetByteCount(policyJson) > LargestPolicy)
        {
            violations.Add("policy_json", $"At most {LargestPolicy / 1024} KiB are allowed.");
        }
        else
        {
            CheckTerms(policyJson, violations);
        }

        violations.ThrowIfAny("The terms cannot be attached");
    }

    private void CheckTerms(string policyJson, Violations violations)
    {
        try
        {
            foreach ((string place, string problem) in OfferTerms.Impossibilities(OdrlReader.Parse(policyJson), time.GetUtcNow()))
            {
                violations.Add("policy_json", $"$.{place}: {problem}");
            }
        }
        catch (OdrlFormatException unreadable)
        {
            violations.Add("policy_json", $"{unreadable.Path}: {unreadable.Problem.English} / {unreadable.Problem.German}");
        }
    }
}
