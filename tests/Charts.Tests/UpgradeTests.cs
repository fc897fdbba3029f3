using System.Text.Json.Nodes;
using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>
/// <c>helm upgrade</c> from every released chart to this one goes through: what Kubernetes lets nobody change is unchanged, and what holds
/// data is still there. Released charts are kept as archives in <c>released/</c>.
/// </summary>
public sealed class UpgradeTests
{
    public static TheoryData<string, string> Upgrades
    {
        get
        {
            var upgrades = new TheoryData<string, string>();
            foreach (var archive in Directory.GetFiles(Path.Combine(Repository.Root, "tests/Charts.Tests/released"), "*.tgz").Order(StringComparer.Ordinal))
            {
                foreach (var region in Situations.Regions)
                    upgrades.Add(Path.GetFileName(archive), region);
            }

            return upgrades;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Upgrades))]
    public async Task An_upgrade_changes_nothing_that_Kubernetes_lets_nobody_change(string released, string region)
    {
        var ending = await Helm.RunAsync(
            "template", region, Path.Combine(Repository.Root, "tests/Charts.Tests/released", released), "--namespace", region,
            "--values", $"charts/ecosystem/regions/{region}.yaml", "--kube-version", Rendering.Rendering.Newest, "--api-versions", "monitoring.coreos.com/v1");
        Assert.True(ending.ExitCode == 0, ending.Errors);

        Assert.Empty(Obstacles(Rendering.Rendering.Read(region, ending.Output), await Situations.RenderAsync(region)));
    }

    [Theory]
    [InlineData("Deployment", """{"selector":{"matchLabels":{"a":"1"}}}""", """{"selector":{"matchLabels":{"a":"2"}}}""", "Deployment/one: spec.selector")]
    [InlineData("StatefulSet", """{"serviceName":"a"}""", """{"serviceName":"b"}""", "StatefulSet/one: spec.serviceName")]
    [InlineData("Service", """{"clusterIP":"None"}""", """{}""", "Service/one: spec.clusterIP")]
    [InlineData("PersistentVolumeClaim", """{"accessModes":["ReadWriteOnce"]}""", """{"accessModes":["ReadWriteMany"]}""", "PersistentVolumeClaim/one: spec.accessModes")]
    public void A_change_that_Kubernetes_refuses_is_found(string kind, string before, string after, string obstacle) =>
        Assert.Equal([obstacle], Obstacles(Of(kind, before), Of(kind, after)));

    [Fact]
    public void A_volume_that_would_go_is_found() =>
        Assert.Equal(["PersistentVolumeClaim/one: is gone"], Obstacles(Of("PersistentVolumeClaim", "{}"), Of("Service", "{}")));

    private static Rendering.Rendering Of(string kind, string spec) =>
        new("test", "", [new KubernetesObject(JsonNode.Parse($$"""{"kind":"{{kind}}","metadata":{"name":"one"},"spec":{{spec}}}""")!.AsObject())]);

    private static IEnumerable<string> Obstacles(Rendering.Rendering before, Rendering.Rendering after)
    {
        foreach (var old in before.Objects)
        {
            var now = after.Objects.FirstOrDefault(one => one.Kind == old.Kind && one.Name == old.Name);
            if (now is null && old.Kind is "PersistentVolumeClaim" or "StatefulSet" && now is null)
                yield return $"{old}: is gone";
            if (now is null)
                continue;
            foreach (var field in Immutable(old.Kind).Where(field => !JsonNode.DeepEquals(old.Spec?[field], now.Spec?[field])))
                yield return $"{old}: spec.{field}";
        }
    }

    /// <summary>Fields of the specification that an update may not change (Kubernetes API reference).</summary>
    private static string[] Immutable(string kind) => kind switch
    {
        "Deployment" => ["selector"],
        "StatefulSet" => ["selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"],
        "Service" => ["clusterIP", "type"],
        "PersistentVolumeClaim" => ["accessModes", "storageClassName", "volumeMode", "selector", "volumeName"],
        "Job" => ["selector", "template", "completionMode"],
        _ => [],
    };
}
