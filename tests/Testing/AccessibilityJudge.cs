using Xunit;

namespace Ecosystem.Testing;

/// <summary>Has axe-core look at pages in a real Chromium; skips where there is none.</summary>
public static class AccessibilityJudge
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Asserts that the pages keep WCAG 2.2 AA as far as a program can tell, load nothing foreign and fit a narrow window.</summary>
    public static async Task AcceptsAsync(params IReadOnlyList<string> addresses)
    {
        var browser = Browsers.FirstOrDefault(File.Exists);
        Skip.If(browser is null, "Chromium is not installed");
        var result = await new NodeProgram("accessibility").RunAsync("judge.mjs", addresses, new Dictionary<string, string> { ["CHROMIUM"] = browser! });
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(addresses.Count * 4, result.Output.Split('\n').Count(line => line.StartsWith("looked at ", StringComparison.Ordinal)));
    }
}
