namespace Ecosystem.Odrl.Tests;

/// <summary>Policies the tests speak of.</summary>
internal static class Offers
{
    public const string Research = Purposes.ScientificResearch;
    public const string Marketing = Purposes.Dpv + "Marketing";

    public static OdrlPolicy Parse(string rules) => OdrlReader.Parse(
        $$"""{ "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:offer", {{rules}} }""");

    /// <summary>Permission to use under one constraint, written as JSON.</summary>
    public static OdrlPolicy UseIf(string constraint) => Parse($$"""
        "permission": [{ "action": "use", "constraint": [{{constraint}}] }]
        """);

    public static OdrlPolicy UseIf(Condition condition) => new()
    {
        Uid = "urn:example:offer",
        Permissions = [new Permission { Actions = [new(OdrlTerms.Use)], Constraints = [condition] }],
    };

    public static StateOfTheWorld Now { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public static UsageRequest Use { get; } = new(OdrlTerms.Use);

    public static Decision Decide(this OdrlPolicy policy, UsageRequest? request = null, StateOfTheWorld? world = null) =>
        PolicyEvaluator.Evaluate(policy, request ?? Use, world ?? Now);
}
