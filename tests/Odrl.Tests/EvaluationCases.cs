using System.Text.Json.Nodes;
using Ecosystem.Testing;

namespace Ecosystem.Odrl.Tests;

/// <summary>The 34 published cases of the ODRL test suite: decision and full report.</summary>
public sealed class EvaluationCases
{
    private const string Suite = "standards/odrl/evaluation-cases.json";

    public static TheoryData<string> Numbers()
    {
        var numbers = new TheoryData<string>();
        foreach (var number in Cases().Select(found => (string)found["no"]!).DefaultIfEmpty("absent"))
            numbers.Add(number);
        return numbers;
    }

    [SkippableTheory]
    [MemberData(nameof(Numbers))]
    public void Decision_and_report_are_as_the_suite_expects(string number)
    {
        SharedFolder.Path(Suite);
        var found = Cases().Single(candidate => (string)candidate["no"]! == number);

        var decision = PolicyEvaluator.Evaluate(Policy(found), Request(found), World(found));

        Assert.Equal((string)found["derivedDecision"]! == "permit", decision.IsPermitted);
        Assert.Equal(Expected(found), decision.Report.Rules.Select(Summary));
        Assert.All(decision.Reasons, reason => Assert.False(string.IsNullOrWhiteSpace(reason.German) || string.IsNullOrWhiteSpace(reason.English)));
    }

    private static IEnumerable<JsonNode> Cases() => SharedFolder.Find(Suite) is { } suite
        ? JsonNode.Parse(File.ReadAllText(suite))!["cases"]!.AsArray().Select(found => found!)
        : [];

    private static OdrlPolicy Policy(JsonNode found)
    {
        var policy = found["policy"]!.AsObject();
        policy.Remove("collections");
        return OdrlReader.Parse(policy.ToJsonString());
    }

    private static UsageRequest Request(JsonNode found)
    {
        var rule = found["request"]!["permission"]![0]!;
        return new(OdrlTerms.Namespace + (string)rule["action"]!)
        {
            Uid = (string)rule["uid"]!,
            Target = (string)rule["target"]!,
            Assignee = (string)rule["assignee"]!,
        };
    }

    private static StateOfTheWorld World(JsonNode found)
    {
        var world = found["sotw"]!;
        var partOf = world["partOf"]?.AsArray() ?? [];
        var duties = world["duties"]?.AsArray() ?? [];
        return new(DateTimeOffset.Parse((string)world["currentTime"]!, System.Globalization.CultureInfo.InvariantCulture))
        {
            Memberships = partOf.Select(pair => new Membership((string)pair![0]!, (string)pair[1]!)).ToSequence(),
            Duties = duties.ToDictionary(duty => (string)duty!["rule"]!, duty => Enum.Parse<DeonticState>((string)duty!["deonticState"]!)),
        };
    }

    private static IEnumerable<string> Expected(JsonNode found) => found["expectedRuleReports"]!.AsArray().Select(report => string.Join(
        ' ',
        [(string)report!["kind"]!, (string)report["rule"]!, (string)report["ruleRequest"]!, (string)report["activationState"]!,
            .. report["premises"]!.AsArray().Select(premise => $"{premise![0]}={premise[1]}").Order(StringComparer.Ordinal)]));

    private static string Summary(RuleReport report) => string.Join(
        ' ',
        [report.Kind.ToString(), report.RuleUid!, report.RequestUid!, report.Activation.ToString(),
            .. report.Premises.Select(premise => $"{premise.Kind}={premise.Satisfaction}").Order(StringComparer.Ordinal)]);
}
