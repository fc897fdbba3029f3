using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>Every rendered object is one that the oldest and the newest supported cluster takes: fields, types, enumerations.</summary>
public sealed class ClusterTests
{
    [SkippableTheory]
    [InlineData(Rendering.Rendering.Oldest)]
    [InlineData(Rendering.Rendering.Newest)]
    public async Task A_cluster_of_that_version_takes_every_object_of_every_situation(string kubernetes)
    {
        using var files = new ScratchFolder();
        foreach (var name in Situations.Names)
            await files.WriteAsync($"{name}.yaml", (await Situations.RenderAsync(name, kubernetes)).Text);

        var verdict = await Judge.RunAsync("judge.mjs", [kubernetes, .. files.Paths]);

        Assert.True(verdict.ExitCode == 0, verdict.Output);
        Assert.Matches(@"judged [3-9]\d\d objects", verdict.Output);
    }

    [SkippableTheory]
    [InlineData("pathType: Prefix", "pathType: Prefic", "Ingress/ruhr-http: data/spec/rules/0/http/paths/0/pathType must be equal to one of the allowed values")]
    [InlineData("minReadySeconds: 5", "minReadySecond: 5", "Deployment/ruhr-catalog: /spec must NOT have additional properties")]
    [InlineData("containerPort: 8080", "containerPort: \"8080\"", "Deployment/ruhr-catalog: /spec/template/spec/containers/0/ports/0/containerPort must be number")]
    [InlineData("interval: 30s", "intervall: 30s", "PodMonitor/ruhr-sidecars: /spec/podMetricsEndpoints/0/intervall is not a field of the API")]
    [InlineData("policy: exponential", "policy: exponentially", "Resiliency/ruhr-defaults: /spec/policies/retries/delivery/policy must be equal to one of the allowed values")]
    [InlineData("name: publisherConfirm", "name: publisherConfirms", "Component/pubsub: /spec/metadata/4/name must be equal to one of the allowed values")]
    public async Task The_judge_names_what_a_cluster_would_refuse(string right, string wrong, string said)
    {
        using var files = new ScratchFolder();
        var text = (await Situations.RenderAsync("ruhr")).Text;
        Assert.Contains(right, text, StringComparison.Ordinal);
        await files.WriteAsync("wrong.yaml", text.Replace(right, wrong, StringComparison.Ordinal));

        var verdict = await Judge.RunAsync("judge.mjs", [Rendering.Rendering.Newest, .. files.Paths]);

        Assert.Equal(1, verdict.ExitCode);
        Assert.Contains(said, verdict.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_new_in_Kubernetes_is_not_sent_to_old_clusters()
    {
        using var files = new ScratchFolder();
        await files.WriteAsync("new.yaml", (await Situations.RenderAsync("ruhr")).Text);

        var verdict = await Judge.RunAsync("judge.mjs", [Rendering.Rendering.Oldest, .. files.Paths]);

        Assert.Contains("unhealthyPodEvictionPolicy", verdict.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cluster_with_an_early_Gateway_API_gets_routes_of_that_time()
    {
        var ending = await Helm.RunAsync(
            "template", "saar", "charts/ecosystem", "--values", "charts/ecosystem/regions/saar.yaml", "--api-versions", "gateway.networking.k8s.io/v1beta1");

        var routes = Rendering.Rendering.Read("saar", ending.Output).OfKind("HTTPRoute").ToList();
        Assert.Equal(["saar-grpc", "saar-http"], routes.Select(route => route.Name).Order());
        Assert.All(routes, route => Assert.Equal("gateway.networking.k8s.io/v1beta1", route.Json["apiVersion"]!.GetValue<string>()));
    }
}
