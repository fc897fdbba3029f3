using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests.Rendering;

/// <summary>The sets of values that matter: each region, and each switch that changes what is rendered.</summary>
internal static class Situations
{
    public static readonly IReadOnlyList<string> Regions =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "charts/ecosystem/regions")).Select(Path.GetFileNameWithoutExtension).Order().OfType<string>()];

    private static readonly string[] Evaluation =
        ["--set", "region=ruhr", "--set", "keycloak.enabled=true", "--set", "rabbitmq.enabled=true", "--set", "postgresql.enabled=true"];

    private static readonly Dictionary<string, string[]> Switches = new()
    {
        ["evaluation"] = Evaluation,
        ["evaluation-measured"] = [.. Evaluation, "--set", "telemetry.collector.enabled=true", "--set", "telemetry.collector.forwardTo=tempo.observability:4317",
            "--set", "monitoring.monitors=true", "--set", "monitoring.alerts=true", "--set", "monitoring.dashboards=true", "--set", "monitoring.labels.release=prometheus"],
        ["open-network"] = [.. Evaluation, "--set", "networkPolicy.enabled=false"],
        ["no-scrapers"] = [.. Evaluation, "--set", "networkPolicy.monitoring=null"],
        ["without-sidecars"] = [.. Evaluation, "--set", "service.sidecar.enabled=false", "--set", "services.catalog.sidecar.enabled=true"],
        ["own-images"] = [.. Of("ruhr"), "--set", "image.registry=images.example/health", "--set", "image.pullSecrets={one,two}",
            "--set", $"services.catalog.image.digest=sha256:{new string('a', 64)}", "--set", "services.policy.image.tag=2.0.0", "--set", "image.tag=1.2.3"],
        ["placed"] = [.. Of("saar"), "--set", "service.priorityClassName=high", "--set", "service.nodeSelector.pool=ecosystem",
            "--set", "service.tolerations[0].key=pool", "--set", "service.tolerations[0].operator=Exists", "--set", "service.podAnnotations.team=health"],
        ["extended"] = [.. Of("saar"), "--set", "services.gateway.secretSettings.Gateway__Key.secret=keys", "--set", "services.gateway.secretSettings.Gateway__Key.key=gateway",
            "--set", "services.catalog.network.egress[0].ports[0].port=8443", "--set", "services.catalog.network.ingress[0].ports[0].port=8080"],
        ["restored"] = [.. Of("midtjylland"), "--set", "services.catalog.restoreFrom=catalog-20260101T000000Z.backup.gz"],
        ["on-mongodb"] = [.. Of("saar"), "--set", "store.kind=mongodb", "--set", "store.network.port=27017"],
        ["one-scaled"] = [.. Of("saar"), "--set", "services.matching.autoscaling.enabled=true", "--set", "services.matching.autoscaling.max=4"],
        ["with-a-partner"] = [.. Of("ruhr"), "--values", "tests/conformance/example/values.yaml"],
        ["stopped"] = [.. Of("saar"), "--set", "services.matching.replicas=0"],
        ["known-addresses"] = [.. Of("saar"), "--set", "broker.network.peers[0].ipBlock.cidr=10.0.0.0/8", "--set", "store.network.peers[0].ipBlock.cidr=10.0.0.0/8",
            "--set", "identity.network.peers[0].ipBlock.cidr=192.0.2.0/24", "--set", "telemetry.network.peers[0].ipBlock.cidr=10.0.0.0/8"],
    };

    public static IEnumerable<string> Names => Regions.Concat(Switches.Keys);

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string> AllRegions => [.. Regions];

    /// <summary>Renders one of them.</summary>
    public static Task<Rendering> RenderAsync(string name, string kubernetes = Rendering.Newest) =>
        Rendering.OfAsync(Regions.Contains(name) ? name : "ruhr", kubernetes, Switches.GetValueOrDefault(name) ?? Of(name));

    private static string[] Of(string region) => ["--values", $"charts/ecosystem/regions/{region}.yaml"];
}
