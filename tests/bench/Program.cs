using Ecosystem.Bench;
using Ecosystem.Bench.Catalog;
using Ecosystem.Bench.Gateway;
using Ecosystem.Bench.Grpc;
using Ecosystem.Bench.Matching;
using Ecosystem.Bench.Messaging;
using Ecosystem.Bench.Policy;
using Ecosystem.Bench.Storage;
using Ecosystem.Bench.Transcoding;

// dotnet run -c Release --project tests/bench -- <area> [rounds]
var areas = new Dictionary<string, Func<BenchReport, int, Task>>(StringComparer.Ordinal)
{
    ["gateway"] = GatewayArea.RunAsync,
    ["grpc"] = async (report, rounds) =>
    {
        await GrpcArea.RunAsync(report, rounds);
        await TranscodingArea.RunAsync(report, rounds);
    },
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
    case [BehindGateway.Verb]:
        await BehindGateway.RunAsync();
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
    case [var name, .. var more] when areas.TryGetValue(name, out var run) && more.Length <= 1:
        var report = new BenchReport(Console.Out);
        await run(report, more is [var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 5);
        report.Close();
        return report.AllMet ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync($"Name an area: {string.Join(", ", areas.Keys)}; and, if not 5, the number of rounds.");
        return 2;
}
