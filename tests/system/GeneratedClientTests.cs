using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>The descriptions of the API as they are served, judged by a public generator of clients and a validator from npm.</summary>
[Collection("running system")]
public sealed class GeneratedClientTests(RunningSystem system)
{
    [SkippableFact]
    public async Task A_client_generated_from_the_description_calls_the_gateway()
    {
        var result = await new NodeProgram("system/generated").RunAsync(
            "judge.mjs",
            [system.State.Http.ToString()],
            new Dictionary<string, string> { ["ACCESS_TOKEN"] = await system.TokenAsync() });

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(8, result.Output.Split('\n').Count(line => line.StartsWith("kept: ", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Every_service_and_the_gateway_describe_themselves_in_valid_OpenAPI()
    {
        string[] described = ["catalog", "policy", "matching", "gateway"];
        var result = await new NodeProgram("system/generated").RunAsync(
            "validate.mjs",
            [.. system.State.Resources.Where(resource => described.Contains(resource.Name)).Select(resource => resource.Addresses["http"].ToString())],
            new Dictionary<string, string>());

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(described.Length, result.Output.Split('\n').Count(line => line.StartsWith("valid: ", StringComparison.Ordinal)));
    }
}
