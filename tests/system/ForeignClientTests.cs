using Ecosystem.AppHost.Demo;
using Ecosystem.Testing;
using Google.Protobuf;

namespace Ecosystem.SystemTests;

/// <summary>The public gRPC door, judged by @grpc/grpc-js from npm.</summary>
[Collection("running system")]
public sealed class ForeignClientTests(RunningSystem system)
{
    [SkippableFact]
    public async Task A_client_that_knows_only_the_address_learns_the_contracts_and_registers_a_data_asset()
    {
        var result = await new NodeProgram("system/foreign").RunAsync(
            "judge.mjs",
            [system.State.Grpc.Authority, Path.Combine(Repository.Root, "services/common/Contracts/proto")],
            new Dictionary<string, string>
            {
                ["ACCESS_TOKEN"] = await system.TokenAsync(),
                ["DATA_ASSET"] = new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true)).Format(Examples.ChestXRays(TimeProvider.System)),
            });

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(5, result.Output.Split('\n').Count(line => line.StartsWith("kept: ", StringComparison.Ordinal)));
    }
}
