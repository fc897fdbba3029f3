using System.Globalization;
using Ecosystem.Bench.Policy;

namespace Ecosystem.Bench.Gateway;

/// <summary>
/// The gateway, with all that it does to a request, against nginx that only passes it on; both in front of the same service. The library that the
/// gateway forwards with stands beside them, bare.
/// </summary>
internal static class GatewayArea
{
    private const double Goal = 0.8;
    private const string Ours = "gateway";
    private const string Nginx = "nginx";
    private const string Yarp = "yarp";

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("bench-gateway-");
        try
        {
            await using var around = await Surroundings.StartAsync();
            using var service = await BehindGateway.StartAsync();
            await using var gateway = await Door.GatewayAsync(service, around.Address, new FileInfo(Path.Combine(folder.FullName, "gateway.log")));
            await using var nginx = await Door.NginxAsync(service, folder);
            using var bare = await ServerProcess.StartAsync(Environment.ProcessPath!, [.. Self(), BareYarp.Verb, service.Http2.ToString(CultureInfo.InvariantCulture)]);
            var token = around.Token("somebody", "institut-beispiel", "analyst", "gateway");

            await ExpectAnswerAsync(gateway, token);

            foreach (var connections in (int[])[16, 64])
            {
                var load = new Load(connections, 1) { Arguments = ["--h1", $"--header=authorization: Bearer {token}"] };
                await CompareAsync(report, $"gateway.read-{connections.ToString(CultureInfo.InvariantCulture)}", BehindGateway.Read, load, new(StringComparer.Ordinal)
                {
                    [Ours] = gateway.Address, [Nginx] = nginx.Address, [Yarp] = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{bare.Port}")),
                }, rounds);
            }

            // What a Gateway API in front of it and callers of gRPC do: several requests under way on each connection.
            var shared = new Load(8, 8) { Arguments = [$"--header=authorization: Bearer {token}"] };
            Dictionary<string, Uri> doors = new(StringComparer.Ordinal) { [Ours] = gateway.Http2, [Nginx] = nginx.Http2 };
            await CompareAsync(report, "gateway.http2-8x8", BehindGateway.Read, shared, doors, rounds);
            var call = shared with { Arguments = [.. shared.Arguments, "--header=content-type: application/grpc", "--header=te: trailers"], Body = [0, 0, 0, 0, 0] };
            await CompareAsync(report, "gateway.grpc-8x8", BehindGateway.Call, call, doors, rounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(BenchReport report, string name, string path, Load load, Dictionary<string, Uri> doors, int rounds)
    {
        var measured = doors.Keys.ToDictionary(door => door, _ => new List<(double Rate, double P99)>(), StringComparer.Ordinal);
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (door, address) in doors)
            {
                var (rate, p99) = await load.MeasureWithTimesAsync(new Uri(address, path), Load.TimeOf(round));
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round}: {name} {door} {rate:0} requests/s, p99 {p99:0.0} ms"));
                if (round > 0)
                    measured[door].Add((rate, p99));
            }
        }

        report.Add(name, Nginx, Rates(Ours), Rates(Nginx), "requests/s", Goal);
        if (doors.ContainsKey(Yarp))
        {
            report.Add(name, Yarp, Rates(Ours), Rates(Yarp), "requests/s", goal: null);
            report.Add($"{name}-yarp", Nginx, Rates(Yarp), Rates(Nginx), "requests/s", goal: null);
        }

        report.Note($"{name}: 99 of 100 answers within " + string.Join(", ", doors.Keys.Select(door => string.Create(CultureInfo.InvariantCulture, $"{Median(measured[door]):0.0} ms ({door})"))));

        double[] Rates(string door) => [.. measured[door].Select(result => result.Rate)];
    }

    /// <summary>Asks once, because the load generator tells only that all were refused, not why.</summary>
    private static async Task ExpectAnswerAsync(Door gateway, string token)
    {
        using var client = new HttpClient { BaseAddress = gateway.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync(BehindGateway.Read);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The gateway refuses: {await answer.Content.ReadAsStringAsync()}");
    }

    private static double Median(List<(double Rate, double P99)> results) => results.Select(result => result.P99).Order().ElementAt(results.Count / 2);

    /// <summary>The arguments with which this program starts itself.</summary>
    public static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? ["exec", Environment.GetCommandLineArgs()[0]] : [];
}
