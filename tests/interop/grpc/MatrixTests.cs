using System.Diagnostics;
using Ecosystem.Testing;

namespace Ecosystem.InteropTests.Grpc;

/// <summary>The rows of the interop matrix, as <c>tests/interop/run</c> runs them, with the peer of our stack that this build made.</summary>
public sealed class MatrixTests
{
    private const int PeerIsMissing = 77;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [SkippableTheory]
    [InlineData("grpc-js", "dotnet")]
    [InlineData("python", "dotnet")]
    [InlineData("cpp", "dotnet")]
    [InlineData("dotnet", "grpc-js")]
    [InlineData("dotnet", "python")]
    [InlineData("dotnet", "cpp")]
    [InlineData("dotnet", "dotnet")]
    [InlineData("grpc-js", "python")]
    [InlineData("python", "grpc-js")]
    [InlineData("cpp", "python")]
    [InlineData("cpp", "grpc-js")]
    public async Task A_client_gets_every_standard_case_right_from_a_server(string client, string server)
    {
        Skip.If(OperatingSystem.IsWindows(), "the peers are started by a bash script");
        var (exitCode, output) = await RunAsync(client, server);
        Skip.If(exitCode == PeerIsMissing, output);
        Assert.True(exitCode == 0, output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string client, string server)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "interop", "run"), [client, server])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["INTEROP_PEER"] = Path.Combine(AppContext.BaseDirectory, "Ecosystem.InteropPeer.dll") },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException tooLong)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{client} -> {server} did not end within {Patience}.", tooLong);
        }

        return (process.ExitCode, await output + await errors);
    }
}
