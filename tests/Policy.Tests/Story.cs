using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>What people do with the service, in the words of the tests.</summary>
internal static class Story
{
    public const string HealthResearch = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";
    public const string TrainAlgorithms = "https://w3id.org/dpv/legal/eu/ehds#TrainTestAndEvaluateHealthAlgorithms";
    public const string Advertising = "http://data.europa.eu/eli/reg/2025/327/oj#art_54.c";

    public const string ResearchOnly = """
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:research-only",
          "permission": [{ "action": "use",
            "constraint": [{ "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e" } }],
            "duty": [{ "action": "anonymize" }] }],
          "prohibition": [{ "action": "distribute" }] }
        """;

    public const string AtMostTenTimes = """
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:ten-times",
          "permission": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "lteq", "rightOperand": 10 }] }] }
        """;

    public static RequestAgreementRequest RequestFor(this PolicyHost host, string dataAssetId, string purpose = HealthResearch) => new()
    {
        DataAssetId = dataAssetId,
        Question = "Lassen sich Lungenbefunde früher erkennen?",
        Purpose = purpose,
        LegalBasis = "GDPR Art. 6(1)(e) with Art. 9(2)(j)",
        Period = new() { Start = host.Time.GetUtcNow().ToTimestamp(), End = host.Time.GetUtcNow().AddYears(1).ToTimestamp() },
    };

    public static async Task<Agreement> RequestedAsync(this PolicyHost host, string policy = ResearchOnly, string purpose = HealthResearch) =>
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(await host.OfferedAsync(policy), purpose));

    public static async Task<Agreement> ReviewedAsync(this PolicyHost host, string policy = ResearchOnly, string purpose = HealthResearch) =>
        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Approval((await host.RequestedAsync(policy, purpose)).Id));

    public static async Task<Agreement> AgreedAsync(this PolicyHost host, string policy = ResearchOnly, string purpose = HealthResearch) =>
        await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = (await host.ReviewedAsync(policy, purpose)).Id });

    /// <summary>The same request, reviewed and confirmed.</summary>
    public static async Task<Agreement> AgreedAsync(this PolicyHost host, Agreement requested)
    {
        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Approval(requested.Id));
        return await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = requested.Id });
    }

    public static ReviewAgreementRequest Approval(string id) => new() { Id = id, Verdict = ReviewAgreementRequest.Types.Verdict.Approved };

    public static async Task<Decision> AskAsync(this PolicyHost host, Agreement agreement, string action = "use", string purpose = HealthResearch, Person? person = null) =>
        await host.Decisions(person ?? Person.Analyst).DecideAsync(new() { AgreementId = agreement.Id, DataAssetId = agreement.DataAssetId, Action = action, Purpose = purpose });

    /// <summary>The call is refused with this code and reason, and a sentence.</summary>
    public static async Task RefusedAsync<T>(this AsyncUnaryCall<T> call, StatusCode code, string reason)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal((code, reason), (refusal.StatusCode, Ecosystem.Grpc.RichStatus.ReasonOf(refusal)?.Reason ?? ""));
        Assert.NotEmpty(refusal.Status.Detail);
    }
}
