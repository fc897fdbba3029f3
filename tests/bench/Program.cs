using Ecosystem.Bench;
using Ecosystem.Bench.Capacity;
using Ecosystem.Bench.Catalog;
using Ecosystem.Bench.Gateway;
using Ecosystem.Bench.Grpc;
using Ecosystem.Bench.Matching;
using Ecosystem.Bench.Messaging;
using Ecosystem.Bench.Policy;
using Ecosystem.Bench.Storage;
using Ecosystem.Bench.Transcoding;

// dotnet run -c Release --project tests/bench -- <area>... [rounds]
var areas = new Dictionary<string, Func<BenchReport, int, Task>>(StringComparer.Ordinal)
{
    ["gateway"] = GatewayArea.RunAsync,
    ["grpc"] = async (report, rounds) =>
    {
        await GrpcArea.RunAsync(report, rounds);
        await TranscodingArea.RunAsync(report, rounds);
    },
    ["capacity"] = CapacityArea.RunAsync,
    ["catalog"] = CatalogArea.RunAsync,
    ["policy"] = PolicyArea.RunAsync,
    ["decisions"] = DecisionsArea.RunAsync,
    ["matching"] = MatchingArea.RunAsync,
    ["messaging"] = MessagingArea.RunAsync,
    ["storage"] = StorageArea.RunAsync,
    ["transcoding"] = TranscodingArea.RunAsync,
};

switch (args)
{
    case [BehindGateway.Verb, var http2Port]:
        await BehindGateway.RunAsync(http2Port);
        return 0;
    case [BareYarp.Verb, var behind]:
        await BareYarp.RunAsync(behind);
        return 0;
    case [TranscodingServer.Verb]:
        await TranscodingServer.RunAsync();
        return 0;
    case [UnloggedDecisions.Verb, var identity]:
        await UnloggedDecisions.RunAsync(identity);
        return 0;
    case [_, ..] when Named(args, areas) is { } asked:
        var report = new BenchReport(Console.Out);
        foreach (var run in asked.Areas)
            await run(report, asked.Rounds);
        report.Close();
        return report.AllMet ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync($"Name one or more areas: {string.Join(", ", areas.Keys)}; and then, if not 5, the number of rounds.");
        return 2;
}

static (IEnumerable<Func<BenchReport, int, Task>> Areas, int Rounds)? Named(string[] args, Dictionary<string, Func<BenchReport, int, Task>> areas)
{
    var isCounted = int.TryParse(args[^1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var rounds) && rounds > 0;
    var names = isCounted ? args[..^1] : args;
    return names.Length > 0 && Array.TrueForAll(names, areas.ContainsKey) ? (names.Select(name => areas[name]), isCounted ? rounds : 5) : null;
}
