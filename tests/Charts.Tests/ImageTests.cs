using System.Diagnostics;
using System.Text.Json.Nodes;
using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>Images, skaffold and chart speak of the same things.</summary>
public sealed class ImageTests
{
    private static readonly JsonNode Skaffold = Rendering.Rendering.Parse(File.ReadAllText(Path.Combine(Repository.Root, "skaffold.yaml")))!;

    private static readonly string[] Folders = ["gateway", "services/catalog", "services/policy", "services/matching"];

    public static TheoryData<string> Projects => [.. Folders];

    [SkippableFact]
    public async Task Skaffold_builds_every_image_that_the_chart_runs()
    {
        var run = (await Situations.RenderAsync("evaluation")).OfKind("Deployment")
            .Select(one => one.Pod!["containers"]![0]!["image"]!.GetValue<string>()).Where(image => image.StartsWith("ecosystem/", StringComparison.Ordinal))
            .Select(image => image.Split(':')[0]);

        Assert.Equal(run.Order(), Artifacts().Select(artifact => artifact["image"]!.GetValue<string>()).Order());
    }

    [Fact]
    public void Skaffold_builds_from_folders_that_exist()
    {
        foreach (var custom in Artifacts().Select(artifact => artifact["custom"]!))
        {
            var command = custom["buildCommand"]!.GetValue<string>().Split(' ');
            Assert.Equal("build/image", command[0]);
            Assert.Contains(command[1], Folders);
            Assert.All(custom["dependencies"]!["paths"]!.AsArray(), path =>
                Assert.True(Path.Exists(Path.Combine(Repository.Root, path!.GetValue<string>())), path.GetValue<string>()));
        }
    }

    [SkippableTheory]
    [InlineData("ruhr")]
    [InlineData("saar")]
    [InlineData("midtjylland")]
    public async Task What_skaffold_sets_is_taken_by_the_chart(string region)
    {
        var templates = Skaffold["deploy"]!["helm"]!["releases"]![0]!["setValueTemplates"]!.AsObject();
        var settings = templates.SelectMany(template => new[] { "--set", $"{template.Key}=built" }).ToArray();

        var rendering = await Rendering.Rendering.OfAsync(region, Rendering.Rendering.Newest, ["--values", $"charts/ecosystem/regions/{region}.yaml", .. settings]);

        Assert.All(
            rendering.OfKind("Deployment").Where(one => !one.Name.EndsWith("-collector", StringComparison.Ordinal)),
            one => Assert.Equal("built:built", one.Pod!["containers"]![0]!["image"]!.GetValue<string>()));
    }

    [SkippableFact]
    public async Task What_skaffold_s_evaluation_sets_renders()
    {
        var values = Skaffold["deploy"]!["helm"]!["releases"]![0]!["setValues"]!.AsObject();

        await Rendering.Rendering.OfAsync("try", Rendering.Rendering.Newest, [.. values.SelectMany(value => new[] { "--set", $"{value.Key}={value.Value}" })]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task An_image_has_no_shell_no_root_and_both_processors(string project)
    {
        var wanted = new Dictionary<string, string>
        {
            ["ContainerRepository"] = $"ecosystem/{project.Split('/')[^1]}",
            ["ContainerFamily"] = "noble-chiseled-extra",
            ["ContainerUser"] = "1654",
            ["ContainerRuntimeIdentifiers"] = "linux-x64;linux-arm64",
            ["ContinuousIntegrationBuild"] = "true",
            ["Deterministic"] = "true",
            ["SelfContained"] = "false",
        };

        var said = await StartAsync("dotnet", ["msbuild", Path.Combine(Repository.Root, project), "-p:PublishImages=true", $"-getProperty:{string.Join(',', wanted.Keys)}"]);

        var properties = JsonNode.Parse(said)!["Properties"]!;
        Assert.All(wanted, one => Assert.Equal(one.Value, properties[one.Key]!.GetValue<string>()));
    }

    [SkippableTheory]
    [InlineData("images.example:5000/health/ecosystem/catalog:abc", "true",
        "publish services/catalog -t:PublishContainer -c Release -p:PublishImages=true -p:ContainerImageTag=abc -p:ContainerRegistry=images.example:5000 -p:ContainerRepository=health/ecosystem/catalog")]
    [InlineData("ecosystem/catalog:abc", "false",
        "publish services/catalog -t:PublishContainer -c Release -p:PublishImages=true -p:ContainerImageTag=abc -p:ContainerRepository=ecosystem/catalog -p:ContainerRuntimeIdentifiers=linux-")]
    public async Task An_image_gets_the_name_that_skaffold_gave_it(string image, string push, string arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "build/image is a shell script");
        using var programs = new ScratchFolder();
        await programs.WriteAsync("dotnet", "#!/bin/sh\necho \"$@\"\n");
        var stand = programs.Paths[0];
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stand, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var said = await StartAsync("bash", [Path.Combine(Repository.Root, "build/image"), "services/catalog"], new()
        {
            ["PATH"] = $"{Path.GetDirectoryName(stand)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["IMAGE"] = image,
            ["PUSH_IMAGE"] = push,
        });

        Assert.StartsWith(arguments, said, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Artifacts() => Skaffold["build"]!["artifacts"]!.AsArray().Select(artifact => artifact!);

    private static async Task<string> StartAsync(string program, IReadOnlyList<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
