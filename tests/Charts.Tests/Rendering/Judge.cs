using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests.Rendering;

/// <summary>The foreign programs of <c>judge/</c>. Their packages are installed once, so calls wait for one another.</summary>
internal static class Judge
{
    private static readonly NodeProgram Program = new("Charts.Tests/judge");
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static async Task<NodeResult> RunAsync(string script, params IReadOnlyList<string> arguments)
    {
        await OneAtATime.WaitAsync();
        try
        {
            return await Program.RunAsync(script, arguments, new Dictionary<string, string>
            {
                ["DAPR_SCHEMA"] = Path.Combine(Repository.Root, "tests/Charts.Tests/judge/dapr.schema.json"),
            });
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
