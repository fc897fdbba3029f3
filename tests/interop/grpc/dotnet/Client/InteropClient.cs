using Grpc.Core;

namespace Ecosystem.InteropPeer.Client;

/// <summary>Runs the interop cases of our client.</summary>
internal static class InteropClient
{
    /// <summary>Runs all cases but those left out, one line each; 1 when one failed.</summary>
    public static async Task<int> RunAsync(int port, IReadOnlySet<string> left)
    {
        using var wire = new CountedChannel(port);
        var failed = 0;
        foreach (var (name, run) in new[] { UnaryCases.All(wire), StreamingCases.All(wire), EndingCases.All(wire) }.SelectMany(cases => cases))
        {
            if (left.Contains(name))
                continue;

            try
            {
                await run();
                Console.WriteLine($"passed {name}");
            }
            catch (Exception why) when (why is ExpectationException or RpcException)
            {
                failed++;
                Console.WriteLine($"failed {name}: {why.Message.ReplaceLineEndings(" ")}");
            }
        }

        return failed == 0 ? 0 : 1;
    }
}
