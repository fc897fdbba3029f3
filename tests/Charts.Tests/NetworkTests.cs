using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Ecosystem.AppHost;
using Ecosystem.Charts.Tests.Rendering;

namespace Ecosystem.Charts.Tests;

/// <summary>The network policies allow the calls that <c>apphost/AppHost.cs</c> declares, and no others.</summary>
public sealed class NetworkTests
{
    private static readonly Lazy<IReadOnlyList<IResource>> Declared = new(() => Topology.Declare([]).Resources);

    [SkippableFact]
    public async Task Pods_may_call_whom_the_apphost_lets_them_call_and_nobody_else()
    {
        var arrows = Arrows(await Situations.RenderAsync("evaluation"));

        Assert.Equal(DeclaredArrows().Order(), arrows.Order());
    }

    [SkippableTheory]
    [InlineData("ruhr")]
    [InlineData("saar")]
    [InlineData("midtjylland")]
    public async Task No_region_allows_more(string region) =>
        Assert.Empty(Arrows(await Situations.RenderAsync(region)).Where(arrow => !arrow.Contains("collector", StringComparison.Ordinal)).Except(DeclaredArrows()));

    [SkippableFact]
    public async Task Every_service_of_the_apphost_is_in_the_chart_under_the_same_name() =>
        Assert.Equal(
            Services().Select(service => service.Name).Order(),
            (await Situations.RenderAsync("saar")).OfKind("Deployment").Select(one => one.Pod!["containers"]![0]!["name"]!.GetValue<string>()).Order());

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task Whatever_no_policy_names_is_denied(string situation)
    {
        var rendering = await Situations.RenderAsync(situation);
        if (situation == "open-network")
        {
            Assert.Empty(rendering.OfKind("NetworkPolicy"));
            return;
        }

        var deny = rendering.One("NetworkPolicy", $"{rendering.Name}-deny").Spec!;
        Assert.Equal(["Ingress", "Egress"], deny["policyTypes"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.Null(deny["ingress"]);
        Assert.Null(deny["egress"]);
        var denied = deny["podSelector"]!["matchLabels"]!.AsObject();
        Assert.All(rendering.Objects.Where(one => one.Pod is not null), workload => Assert.True(Matches(denied, LabelsOf(workload)), workload.ToString()));
        Assert.All(rendering.OfKind("NetworkPolicy"), policy => Assert.Equal(2, policy.Spec!["policyTypes"]!.AsArray().Count));
    }

    [SkippableFact]
    public async Task From_outside_only_the_gateway_can_be_reached()
    {
        foreach (var policy in (await Situations.RenderAsync("ruhr")).OfKind("NetworkPolicy").Where(one => one.Name != "ruhr-deny"))
        {
            var fromOutside = policy.Spec!["ingress"]!.AsArray()
                .Where(rule => rule!["from"] is not { } from || from.AsArray().Any(peer => peer!["podSelector"] is null))
                .SelectMany(rule => rule!["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>())).Order();
            int[] expected = policy.Name switch { "ruhr-gateway" => [8080, 8081, 9090], "ruhr-collector" => [8889], _ => [9090] };
            Assert.Equal(expected, fromOutside); // 9090 and 8889: Prometheus, from its namespace
        }
    }

    public static TheoryData<string> All => Situations.All;

    /// <summary>"gateway -> catalog:8080" wherever the one may send and the other may receive.</summary>
    private static IEnumerable<string> Arrows(Rendering.Rendering rendering)
    {
        var pods = rendering.Objects.Where(one => one.Pod is not null).ToDictionary(
            one => LabelsOf(one)["app.kubernetes.io/name"]!.GetValue<string>(), LabelsOf);
        var policies = rendering.OfKind("NetworkPolicy").Select(policy => policy.Spec!).ToList();
        return from caller in pods
               from called in pods
               where caller.Key != called.Key
               from port in Ports(policies, caller.Value, "egress", "to", called.Value).Intersect(Ports(policies, called.Value, "ingress", "from", caller.Value))
               select $"{caller.Key} -> {called.Key}:{port}";
    }

    private static IEnumerable<int> Ports(IEnumerable<JsonNode> policies, JsonObject pod, string direction, string end, JsonObject other) =>
        policies.Where(policy => Selects(policy["podSelector"]!, pod))
            .SelectMany(policy => policy[direction]?.AsArray() ?? [])
            .Where(rule => rule![end] is { } peers && peers.AsArray().Any(peer => peer!["podSelector"] is { } selector && Selects(selector, other)))
            .SelectMany(rule => rule!["ports"]!.AsArray())
            .Select(port => port!["port"]!.GetValue<int>())
            .Distinct();

    private static bool Selects(JsonNode selector, JsonObject labels) =>
        Matches(selector["matchLabels"]?.AsObject() ?? [], labels)
        && (selector["matchExpressions"]?.AsArray() ?? []).All(expression =>
        {
            Assert.Equal("In", expression!["operator"]!.GetValue<string>());
            return expression["values"]!.AsArray().Any(value => value!.GetValue<string>() == labels[expression["key"]!.GetValue<string>()]?.GetValue<string>());
        });

    private static bool Matches(JsonObject wanted, JsonObject labels) =>
        wanted.All(label => labels[label.Key]?.GetValue<string>() == label.Value!.GetValue<string>());

    private static JsonObject LabelsOf(KubernetesObject workload) => workload.Spec!["template"]!["metadata"]!["labels"]!.AsObject();

    private static IEnumerable<ProjectResource> Services() => Declared.Value.OfType<ProjectResource>();

    private static IEnumerable<string> DeclaredArrows() => Services().SelectMany(service => CallsOf(service).Concat(PartsOf(service)));

    private static IEnumerable<string> CallsOf(ProjectResource service) => service.Annotations.OfType<ServiceReferenceAnnotation>()
        .SelectMany(reference => reference.Source is KeycloakResource
            ? [$"{service.Name} -> keycloak:8080"]
            : new[] { $"{service.Name} -> {reference.Source.Name}:8080", $"{service.Name} -> {reference.Source.Name}:8081" })
        .Distinct();

    private static IEnumerable<string> PartsOf(ProjectResource service)
    {
        if (service.Annotations.OfType<DaprSidecarAnnotation>().Any())
            yield return $"{service.Name} -> rabbitmq:5672";
        if (service.Name != "gateway") // the only one that keeps nothing
            yield return $"{service.Name} -> postgresql:5432";
    }
}
