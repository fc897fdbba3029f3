using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Ecosystem.Charts.Tests.Rendering;

/// <summary>What Helm makes of the chart for one set of values.</summary>
internal sealed record Rendering(string Name, string Text, IReadOnlyList<KubernetesObject> Objects)
{
    public const string Oldest = "1.25";
    public const string Newest = "1.34";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    /// <summary>Renders release <paramref name="name"/>; a cluster of that version with Prometheus operator and Gateway API.</summary>
    public static async Task<Rendering> OfAsync(string name, string kubernetes, params IReadOnlyList<string> arguments)
    {
        var ending = await Helm.RunAsync([
            "template", name, "charts/ecosystem", "--namespace", name, "--kube-version", kubernetes,
            "--api-versions", "monitoring.coreos.com/v1", "--api-versions", "gateway.networking.k8s.io/v1", .. arguments,
        ]);
        Assert.True(ending.ExitCode == 0, ending.Errors);
        return Read(name, ending.Output);
    }

    public static Rendering Read(string name, string text) =>
        new(name, text, [.. text.Split("\n---").Select(Parse).OfType<JsonObject>().Select(node => new KubernetesObject(node))]);

    public IEnumerable<KubernetesObject> OfKind(string kind) => Objects.Where(one => one.Kind == kind);

    public KubernetesObject One(string kind, string name) => Assert.Single(Objects, one => one.Kind == kind && one.Name == name);

    /// <summary>YAML as JSON, types as Kubernetes reads them.</summary>
    public static JsonNode? Parse(string yaml) =>
        Yaml.Deserialize(new StringReader(yaml)) is { } value ? JsonNode.Parse(Json.Serialize(value)) : null;
}

/// <summary>One object, as JSON.</summary>
internal sealed record KubernetesObject(JsonObject Json)
{
    public string Kind => Json["kind"]!.GetValue<string>();

    public string Name => Json["metadata"]!["name"]!.GetValue<string>();

    public JsonNode? Spec => Json["spec"];

    /// <summary>The pod that a workload runs; null for everything else.</summary>
    public JsonNode? Pod => Kind is "Deployment" or "StatefulSet" or "Job" or "DaemonSet" ? Spec!["template"]!["spec"] : null;

    public override string ToString() => $"{Kind}/{Name}";
}
