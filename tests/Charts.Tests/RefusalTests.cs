using Ecosystem.Charts.Tests.Rendering;

namespace Ecosystem.Charts.Tests;

/// <summary>Wrong values are refused before anything reaches a cluster, and the message says what to change.</summary>
public sealed class RefusalTests
{
    [SkippableTheory]
    [InlineData("ruhr", "region=", "region is empty. Set it to the name of the region")]
    [InlineData("ruhr", "region=Ruhr", "at '/region': 'Ruhr' does not match pattern")]
    [InlineData("ruhr", "identity.url=", "Set identity.url to the address of your Keycloak")]
    [InlineData("ruhr", "identity.url=id.ruhr.example", "at '/identity/url'")]
    [InlineData("ruhr", "identity.issuer=https://id.example", "at '/identity': additional properties 'issuer' not allowed")]
    [InlineData("ruhr", "services.catalog.replica=3", "at '/services/catalog': additional properties 'replica' not allowed")]
    [InlineData("ruhr", "services.Catalog.replicas=3", "invalid propertyName 'Catalog'")]
    [InlineData("ruhr", "service.replica=3", "at '': additional properties 'replica' not allowed")]
    [InlineData("ruhr", "services.catalog.replicas=many", "at '/services/catalog/replicas': got string, want integer")]
    [InlineData("ruhr", "services.catalog.replicas=-1", "at '/services/catalog/replicas': minimum: got -1, want 0")]
    [InlineData("ruhr", "services.catalog.resources.limits.memory=1GB", "at '/services/catalog/resources/limits/memory': '1GB' does not match pattern")]
    [InlineData("ruhr", "services.catalog.settings.Demo__Load=1", "at '/services/catalog/settings/Demo__Load': got number, want string")]
    [InlineData("ruhr", "services.catalog.autoscaling.max=1", "services.catalog.autoscaling.max (1) is below its min (3). Set max to at least min.")]
    [InlineData("ruhr", "services.catalog.calls={broker}", "services.catalog.calls names \"broker\", which is no service. The services are: catalog, gateway, matching, policy.")]
    [InlineData("ruhr", "services.matching.enabled=false", "services.gateway.calls names \"matching\", which does not run in this region. Take it out of services.gateway.calls")]
    [InlineData("ruhr", "services.catalog.image.digest=sha256:12", "at '/services/catalog/image/digest'")]
    [InlineData("ruhr", "services.catalog.restoreFrom=one.backup.gz", "backup.claim does not say in which volume it is")]
    [InlineData("saar", "backup.claim=backups,services.catalog.restoreFrom=one.backup.gz", "fills an empty store, which only one copy can do")]
    [InlineData("ruhr", "store.kind=mysql", "at '/store/kind': value must be one of 'postgresql', 'mongodb', 'sqlite'")]
    [InlineData("ruhr", "store.kind=sqlite", "may open. Set services.catalog.replicas to 1 and its autoscaling.enabled to false, or set store.kind to postgresql.")]
    [InlineData("midtjylland", "services.catalog.replicas=2", "its documents are in one SQLite file (store.kind: sqlite), which one process may open")]
    [InlineData("midtjylland", "postgresql.enabled=true", "postgresql.enabled is true, but store.kind is sqlite, so nobody would use it")]
    [InlineData("ruhr", "ingress.grpcHost=", "Set both: REST and gRPC have a host each.")]
    [InlineData("ruhr", "ingress.host=https://ruhr.example", "at '/ingress/host'")]
    [InlineData("saar", "gatewayApi.parents=null", "Set both hosts and the Gateway that the routes join.")]
    [InlineData("saar", "networkPolicy.entry=null", "networkPolicy.entry is empty, so anybody in the cluster could pretend to be your ingress")]
    [InlineData("saar", "services.gateway.public=false", "no enabled service is public. Set public: true on the gateway.")]
    [InlineData("ruhr", "broker.prefetch=0", "at '/broker/prefetch': minimum: got 0, want 1")]
    [InlineData("ruhr", "backup.every=daily", "at '/backup/every'")]
    [InlineData("ruhr", "telemetry.protocol=zipkin", "at '/telemetry/protocol'")]
    [InlineData("ruhr", "rabbitmq.image=rabbitmq:latest", "at '/rabbitmq/image'")]
    public async Task A_wrong_value_is_refused_with_what_to_change(string region, string value, string sentence)
    {
        var ending = await RenderAsync(region, "--set", value);

        Assert.NotEqual(0, ending.ExitCode);
        Assert.Contains(sentence, ending.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Monitors_need_the_Prometheus_operator()
    {
        var ending = await Helm.RunAsync("template", "ruhr", "charts/ecosystem", "--values", "charts/ecosystem/regions/ruhr.yaml");

        Assert.Contains("need the Prometheus operator (monitoring.coreos.com/v1), which this cluster does not have", ending.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cluster_that_is_too_old_is_refused()
    {
        var ending = await Helm.RunAsync(
            "template", "saar", "charts/ecosystem", "--values", "charts/ecosystem/regions/saar.yaml", "--kube-version", "1.24");

        Assert.Contains("chart requires kubeVersion: >=1.25.0-0", ending.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Every_mistake_is_named_at_once()
    {
        var ending = await RenderAsync("ruhr", "--set", "store.kind=mysql,broker.prefetch=0", "--set", "services.policy.replica=1");

        Assert.All(["/store/kind", "/broker/prefetch", "/services/policy"], place => Assert.Contains(place, ending.Errors, StringComparison.Ordinal));
    }

    private static Task<Ending> RenderAsync(string region, params string[] arguments) =>
        Helm.RunAsync(["template", region, "charts/ecosystem", "--values", $"charts/ecosystem/regions/{region}.yaml",
            "--api-versions", "monitoring.coreos.com/v1", .. arguments]);
}
