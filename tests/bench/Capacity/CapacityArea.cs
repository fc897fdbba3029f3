using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ecosystem.Bench.Gateway;
using Ecosystem.Bench.Policy;

namespace Ecosystem.Bench.Capacity;

/// <summary>
/// The tables of docs/operators.md, "How much it takes": requests for each second of processor time that a process used itself, and the memory that
/// it keeps. What else the machine does changes processor time far less than it changes requests a second.
/// </summary>
internal static class CapacityArea
{
    private const int UsualRequests = 5_000;
    private const int Examples = 12;
    private const string Organisation = "urn:org:bench";

    /// <summary>CAPACITY_REQUESTS is how many a round has; with few the command shows that it works, and no figures worth a table.</summary>
    private static readonly int Requests =
        int.TryParse(Environment.GetEnvironmentVariable("CAPACITY_REQUESTS"), CultureInfo.InvariantCulture, out var requests) ? requests : UsualRequests;

    /// <summary>How long each case runs before it is measured; as many times shorter as a round is smaller than usual.</summary>
    private static readonly TimeSpan WarmUp = Load.TimeOf(round: 0) * Requests / UsualRequests;

    private static readonly byte[] Competence = JsonSerializer.SerializeToUtf8Bytes(new
    {
        title = new { values = new { de = "Bildanalyse der Lunge", en = "Image analysis of the lung" } },
        description = new { values = new { de = "Erkennt Befunde auf Röntgenbildern und sagt, woran." } },
        methods = new[] { "segmentation" },
        evidence = new[] { new { kind = "KIND_BENCHMARK", statement = "Beispiel", url = "https://competence.example/" } },
    });

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("bench-capacity-");
        try
        {
            await using var around = await Surroundings.StartAsync();
            var memory = new List<(string Process, long Start, long After)>();

            report.Row("| what | requests per core and second |");
            report.Row("|---|---|");
            await MeasureGatewayAsync();
            await MeasureAsync("catalog", async (catalog, measure) =>
            {
                var developer = around.Token("developer", Organisation, "developer", "catalog");
                var id = "";
                for (var i = 0; i < Examples; i++)
                    id = await catalog.CreateAsync("/catalog/v1/competences", Competence, developer);

                await measure("read one", $"/catalog/v1/competences/{id}", new Load(16, 1));
                await measure($"search in {Examples.ToString(CultureInfo.InvariantCulture)} examples", "/catalog/v1/competences:search?query=lunge", new Load(16, 1));
                await measure("register one (checked, stored, event in the outbox)", "/catalog/v1/competences", As(developer) with { Body = Competence });
            });
            await MeasureAsync("policy", (_, measure) =>
                measure("list own agreements", "/policy/v1/agreements", As(around.Token("analyst", Organisation, "analyst"))));
            await MeasureAsync("matching", (_, measure) =>
                measure("list own matches", "/matching/v1/matches", As(around.Token("analyst", Organisation, "analyst", "matching"))));

            report.Row("");
            report.Row("| resident memory | after the start | after load |");
            report.Row("|---|---|---|");
            foreach (var (process, start, after) in memory)
                report.Row(string.Create(CultureInfo.InvariantCulture, $"| {process} | {start} MiB | {after} MiB |"));

            async Task MeasureGatewayAsync()
            {
                using var behind = await BehindGateway.StartAsync();
                await using var gateway = await Door.GatewayAsync(behind, around.Address, new FileInfo(Path.Combine(folder.FullName, "gateway.log")));
                await MeasureProcessAsync("gateway", gateway.Process, gateway.Address, async measure =>
                {
                    await measure("pass on, without a token", "/catalog/v1/data-assets", new Load(16, 1));
                    await measure("pass on, with a token that is checked", "/catalog/v1/data-assets", As(around.Token("analyst", Organisation, "analyst", "gateway")));
                });
            }

            async Task MeasureAsync(string name, Func<ServiceAlone, Func<string, string, Load, Task>, Task> cases)
            {
                await using var service = await ServiceAlone.StartAsync(name, around, folder);
                await MeasureProcessAsync(name, service.Process, service.Address, measure => cases(service, measure));
            }

            async Task MeasureProcessAsync(string name, Process process, Uri address, Func<Func<string, string, Load, Task>, Task> cases)
            {
                var start = Resident(process);
                await cases(async (what, path, load) =>
                {
                    var rate = await RateAsync(process, new Uri(address, path), load, rounds);
                    report.Row(string.Create(CultureInfo.InvariantCulture, $"| {name}: {what} | {rate:N0} |"));
                });
                memory.Add((name, start, Resident(process)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Load As(string token) => new(16, 1) { Arguments = [$"--header=authorization: Bearer {token}"] };

    /// <summary>Requests for each second of the process' own time, to two figures, once its compilers have learnt the case.</summary>
    private static async Task<double> RateAsync(Process process, Uri address, Load load, int rounds)
    {
        var measured = new List<double>();
        load = load with { Arguments = ["--h1", .. load.Body is null ? Array.Empty<string>() : ["--header=content-type: application/json"], .. load.Arguments] };
        await load.MeasureAsync(address, WarmUp);
        for (var round = 0; round < rounds; round++)
        {
            var before = ProcessorTime(process);
            await load.SendAsync(address, Requests);
            measured.Add(Requests / (ProcessorTime(process) - before).TotalSeconds);
        }

        var median = measured.Order().ElementAt(measured.Count / 2);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(median)) - 1);
        return Math.Round(median / unit) * unit;
    }

    private static TimeSpan ProcessorTime(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static long Resident(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 >> 20;
    }
}
