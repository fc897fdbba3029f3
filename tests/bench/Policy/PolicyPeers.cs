using System.Globalization;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.Bench.Policy;

/// <summary>Cedar (WebAssembly, policies parsed beforehand) and Casbin, each deciding in a Node.js process of its own.</summary>
internal static partial class PolicyPeers
{
    private static readonly NodeProgram Program = new("bench/Policy/peers");

    /// <summary>Decisions per second of a peer.</summary>
    /// <exception cref="InvalidOperationException">The peer failed, or decided wrongly.</exception>
    public static async Task<double> RateAsync(string peer, int policies, TimeSpan time)
    {
        string[] arguments = [peer, policies.ToString(CultureInfo.InvariantCulture), time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)];
        var (exit, output) = await Program.RunAsync("decide.js", arguments, new Dictionary<string, string>(StringComparer.Ordinal));
        return exit == 0 && Rate().Match(output) is { Success: true } rate
            ? double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{peer} could not be measured: {output}");
    }

    [GeneratedRegex(@"^rate (?<rate>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}
