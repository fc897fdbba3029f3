using System.Globalization;
using Ecosystem.Bench.Policy;

namespace Ecosystem.Bench.Gateway;

/// <summary>The gateway, with all that it does to a request, against nginx that only passes it on; both in front of the same service.</summary>
internal static class GatewayArea
{
    private const double Goal = 0.8;
    private const string Ours = "gateway";
    private const string Nginx = "nginx";

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("bench-gateway-");
        try
        {
            await using var around = await Surroundings.StartAsync();
            using var service = await ServerProcess.StartAsync(Environment.ProcessPath!, [.. Self(), BehindGateway.Verb]);
            await using var gateway = await Door.GatewayAsync(service.Port, around.Address, new FileInfo(Path.Combine(folder.FullName, "gateway.log")));
            await using var nginx = await Door.NginxAsync(service.Port, folder);
            var token = around.Token("somebody", "institut-beispiel", "analyst", "gateway");

            await ExpectAnswerAsync(gateway, token);

            foreach (var connections in (int[])[16, 64])
            {
                var load = new Load(connections, 1) { Arguments = ["--h1", $"--header=authorization: Bearer {token}"] };
                await CompareAsync(report, $"gateway.read-{connections.ToString(CultureInfo.InvariantCulture)}", load, gateway, nginx, rounds);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(BenchReport report, string name, Load load, Door gateway, Door nginx, int rounds)
    {
        var measured = new Dictionary<string, List<(double Rate, double P99)>>(StringComparer.Ordinal) { [Ours] = [], [Nginx] = [] };
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (door, results) in measured)
            {
                var address = new Uri((door == Ours ? gateway : nginx).Address, "/catalog/v1/data-assets");
                var (rate, p99) = await load.MeasureWithTimesAsync(address, Load.TimeOf(round));
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round}: {name} {door} {rate:0} requests/s, p99 {p99:0.0} ms"));
                if (round > 0)
                    results.Add((rate, p99));
            }
        }

        report.Add(name, Nginx, [.. measured[Ours].Select(result => result.Rate)], [.. measured[Nginx].Select(result => result.Rate)], "requests/s", Goal);
        report.Note(string.Create(
            CultureInfo.InvariantCulture, $"{name}: 99 of 100 answers within {Median(measured[Ours]):0.0} ms, by {Nginx} within {Median(measured[Nginx]):0.0} ms"));
    }

    /// <summary>Asks once, because the load generator tells only that all were refused, not why.</summary>
    private static async Task ExpectAnswerAsync(Door gateway, string token)
    {
        using var client = new HttpClient { BaseAddress = gateway.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync("/catalog/v1/data-assets");
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The gateway refuses: {await answer.Content.ReadAsStringAsync()}");
    }

    private static double Median(List<(double Rate, double P99)> results) => results.Select(result => result.P99).Order().ElementAt(results.Count / 2);

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? ["exec", Environment.GetCommandLineArgs()[0]] : [];
}
