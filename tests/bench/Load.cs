using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecosystem.Bench;

/// <summary>The same requests over and over, sent by h2load (nghttp2): in C, and so cheap that the server is what is measured.</summary>
/// <param name="Connections">Number of connections.</param>
/// <param name="Streams">Requests under way on each connection.</param>
internal sealed partial record Load(int Connections, int Streams)
{
    /// <summary>Arguments of h2load further to those that follow from the other properties.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The body to post, or null to get.</summary>
    public byte[]? Body { get; init; }

    /// <summary>How long to measure. Round 0 does not count: it is for compilers that learn while the program runs, and lasts until they have.</summary>
    public static TimeSpan TimeOf(int round) => TimeSpan.FromSeconds(round == 0 ? 8 : 2);

    /// <summary>Loads a server for some time; the answers per second, and the milliseconds within which 99 of 100 came.</summary>
    /// <exception cref="InvalidOperationException">Some requests failed.</exception>
    public async Task<(double Rate, double P99)> MeasureWithTimesAsync(Uri address, TimeSpan time)
    {
        var log = Path.GetTempFileName();
        File.Delete(log); // h2load makes it
        try
        {
            var rate = await (this with { Arguments = [.. Arguments, $"--log-file={log}"] }).MeasureAsync(address, time);
            // Columns: start, status, microseconds.
            var times = File.ReadLines(log).Select(line => double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture)).Order().ToArray();
            return (rate, times[(int)(times.Length * 0.99)] / 1000);
        }
        finally
        {
            File.Delete(log);
        }
    }

    /// <summary>Sends so many requests and comes back when all are answered.</summary>
    /// <exception cref="InvalidOperationException">Some requests failed.</exception>
    public Task SendAsync(Uri address, int requests) => WithBodyAsync(async file => RateIn(await RunAsync(address, [$"--requests={requests.ToString(CultureInfo.InvariantCulture)}"], file)));

    /// <summary>Loads a server for some time; the answers per second.</summary>
    /// <exception cref="InvalidOperationException">Some requests failed.</exception>
    public Task<double> MeasureAsync(Uri address, TimeSpan time) => WithBodyAsync(async file => RateIn(await RunAsync(
        address, [$"--duration={time.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)}ms", "--warm-up-time=500ms"], file)));

    private async Task<double> WithBodyAsync(Func<string?, Task<double>> measure)
    {
        var file = Body is null ? null : Path.GetTempFileName();
        if (file is not null)
            await File.WriteAllBytesAsync(file, Body!);
        try
        {
            return await measure(file);
        }
        finally
        {
            if (file is not null)
                File.Delete(file);
        }
    }

    private async Task<string> RunAsync(Uri address, string[] howMuch, string? file)
    {
        string[] arguments =
        [
            "load", $"--clients={Connections}", $"--max-concurrent-streams={Streams}", "--threads=1",
            .. howMuch,
            .. file is null ? Array.Empty<string>() : [$"--data={file}"],
            .. Arguments,
            address.ToString(),
        ];
        using var process = Process.Start(new ProcessStartInfo(InteropScript.Path, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    private static double RateIn(string output)
    {
        var rate = Rate().Match(output);
        return rate.Success && NoneFailed().IsMatch(output)
            ? double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The load failed: {output}");
    }

    [GeneratedRegex(@"finished in [^,]+, (?<rate>[\d.]+) req/s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@" 0 failed, 0 errored", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoneFailed();
}
