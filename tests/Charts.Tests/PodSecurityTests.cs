using System.Text.Json.Nodes;
using Ecosystem.Charts.Tests.Rendering;

namespace Ecosystem.Charts.Tests;

/// <summary>
/// The rules of the Pod Security Standard "restricted" (Kubernetes documentation, "Pod Security Standards"), for every pod of every
/// situation, and what this chart promises beyond them.
/// </summary>
public sealed class PodSecurityTests
{
    private static readonly string[] Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    public static TheoryData<string> All => Situations.All;

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task Every_pod_keeps_the_restricted_standard(string situation)
    {
        var pods = (await Situations.RenderAsync(situation)).Objects.Where(one => one.Pod is not null).ToList();

        Assert.NotEmpty(pods);
        Assert.All(pods, workload => Assert.Empty(Violations(workload.Pod!)));
    }

    [Theory]
    [InlineData("""{"hostNetwork": true}""", "hostNetwork")]
    [InlineData("""{"securityContext": {"runAsNonRoot": false, "seccompProfile": {"type": "RuntimeDefault"}}}""", "runAsNonRoot")]
    [InlineData("""{"securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "Unconfined"}}}""", "seccompProfile")]
    [InlineData("""{"securityContext": {"runAsNonRoot": true, "runAsUser": 0, "seccompProfile": {"type": "RuntimeDefault"}}}""", "runAsUser")]
    [InlineData("""{"volumes": [{"name": "host", "hostPath": {"path": "/"}}]}""", "volume host")]
    [InlineData("""{"containers": [{"name": "a", "securityContext": {"allowPrivilegeEscalation": false}}]}""", "a: capabilities")]
    [InlineData("""{"containers": [{"name": "a", "securityContext": {"capabilities": {"drop": ["ALL"]}}}]}""", "a: allowPrivilegeEscalation")]
    [InlineData("""{"containers": [{"name": "a", "ports": [{"hostPort": 80}]}]}""", "a: hostPort")]
    [InlineData("""{"containers": [{"name": "a", "securityContext": {"privileged": true}}]}""", "a: privileged")]
    public void What_breaks_the_standard_is_found(string pod, string violation) =>
        Assert.Contains(Violations(JsonNode.Parse(pod)!), found => found.StartsWith(violation, StringComparison.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task Services_cannot_write_into_their_image_nor_talk_to_the_cluster(string situation)
    {
        var rendering = await Situations.RenderAsync(situation);
        foreach (var workload in rendering.Objects.Where(one => one.Pod is not null))
        {
            Assert.False(workload.Pod!["automountServiceAccountToken"]!.GetValue<bool>());
            foreach (var container in workload.Pod["containers"]!.AsArray())
            {
                // Keycloak's development mode builds itself anew at start, RabbitMQ writes its configuration; both are for evaluation.
                if (container!["name"]!.GetValue<string>() is not ("keycloak" or "rabbitmq"))
                    Assert.True(container["securityContext"]!["readOnlyRootFilesystem"]!.GetValue<bool>(), workload.ToString());
                Assert.NotNull(container["resources"]!["requests"]!["cpu"]);
                Assert.NotNull(container["resources"]!["requests"]!["memory"]);
                Assert.NotNull(container["resources"]!["limits"]!["memory"]);
                Assert.NotNull(container["readinessProbe"]);
                Assert.NotNull(container["livenessProbe"]);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task Secrets_are_named_and_never_made(string situation)
    {
        var rendering = await Situations.RenderAsync(situation);

        Assert.Empty(rendering.OfKind("Secret"));
        var settings = rendering.Objects.Where(one => one.Pod is not null)
            .SelectMany(one => one.Pod!["containers"]!.AsArray()).SelectMany(container => container!["env"]?.AsArray() ?? []);
        foreach (var setting in settings)
        {
            var name = setting!["name"]!.GetValue<string>();
            if (new[] { "secret", "token", "password", "_pass", "connectionstrings" }.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
                Assert.NotNull(setting["valueFrom"]?["secretKeyRef"]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task A_pod_is_given_more_time_to_end_than_it_and_its_sidecar_take(string situation)
    {
        foreach (var deployment in (await Situations.RenderAsync(situation)).OfKind("Deployment"))
        {
            if (deployment.Spec!["template"]!["metadata"]!["annotations"]?["dapr.io/block-shutdown-duration"] is not { } block)
                continue;

            var annotations = deployment.Spec["template"]!["metadata"]!["annotations"]!;
            var service = deployment.Pod!["containers"]![0]!;
            var pause = TimeSpan.Parse(Text(service, "Drain__Pause"), System.Globalization.CultureInfo.InvariantCulture);
            var stop = int.Parse(Text(service, "DOTNET_SHUTDOWNTIMEOUTSECONDS"), System.Globalization.CultureInfo.InvariantCulture);
            var sidecar = int.Parse(annotations["dapr.io/graceful-shutdown-seconds"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

            Assert.True(pause > TimeSpan.Zero && stop >= 3 * pause.TotalSeconds + 10);
            Assert.Equal($"{stop}s", block.GetValue<string>());
            Assert.True(deployment.Pod["terminationGracePeriodSeconds"]!.GetValue<int>() >= stop + sidecar);
        }
    }

    private static string Text(JsonNode container, string name) =>
        container["env"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == name)!["value"]!.GetValue<string>();

    private static IEnumerable<string> Violations(JsonNode pod)
    {
        foreach (var field in new[] { "hostNetwork", "hostPID", "hostIPC" })
        {
            if (IsTrue(pod[field]))
                yield return field;
        }

        if (pod["securityContext"]?["sysctls"] is not null)
            yield return "sysctls";
        foreach (var volume in pod["volumes"]?.AsArray() ?? [])
        {
            if (!volume!.AsObject().All(member => member.Key == "name" || Volumes.Contains(member.Key)))
                yield return $"volume {volume["name"]}";
        }

        var containers = new[] { "containers", "initContainers", "ephemeralContainers" }.SelectMany(kind => pod[kind]?.AsArray() ?? []).ToList();
        foreach (var violation in Identity(pod["securityContext"]).Concat(containers.SelectMany(container => Violations(container!, container!["name"]!.GetValue<string>()))))
            yield return violation;
    }

    /// <summary>What the pod says for all of its containers.</summary>
    private static IEnumerable<string> Identity(JsonNode? context)
    {
        if (!IsTrue(context?["runAsNonRoot"]))
            yield return "runAsNonRoot is not true";
        if (context?["runAsUser"] is { } user && user.GetValue<int>() == 0)
            yield return "runAsUser is root";
        if (context?["seccompProfile"]?["type"]?.GetValue<string>() is not ("RuntimeDefault" or "Localhost"))
            yield return "seccompProfile is not RuntimeDefault";
    }

    private static IEnumerable<string> Violations(JsonNode container, string name)
    {
        var context = container["securityContext"];
        if (IsTrue(context?["privileged"]))
            yield return $"{name}: privileged";
        if (context?["allowPrivilegeEscalation"] is not { } escalation || escalation.GetValue<bool>())
            yield return $"{name}: allowPrivilegeEscalation is not false";
        if (context?["capabilities"]?["drop"]?.AsArray().Any(one => one!.GetValue<string>() == "ALL") != true)
            yield return $"{name}: capabilities are not all dropped";
        if (context?["capabilities"]?["add"] is not null)
            yield return $"{name}: capabilities are added";
        if (context?["runAsUser"]?.GetValue<int>() == 0 || context?["runAsNonRoot"]?.GetValue<bool>() == false)
            yield return $"{name}: runs as root";
        if (context?["seccompProfile"]?["type"]?.GetValue<string>() == "Unconfined" || context?["procMount"] is not null)
            yield return $"{name}: seccompProfile or procMount";
        if (container["ports"]?.AsArray().Any(port => port!["hostPort"] is not null) == true)
            yield return $"{name}: hostPort";
    }

    private static bool IsTrue(JsonNode? node) => node?.GetValue<bool>() == true;
}
