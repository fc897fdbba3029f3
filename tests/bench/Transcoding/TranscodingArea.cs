using System.Text.Json.Nodes;

namespace Ecosystem.Bench.Transcoding;

/// <summary>A unary method called as REST, against a minimal-API endpoint that answers the same.</summary>
internal static class TranscodingArea
{
    private const double Goal = 0.7;
    private const string Ours = "bench";
    private const string Bare = "bare";

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        using var server = await ServerProcess.StartAsync(Environment.ProcessPath!, [.. Self(), TranscodingServer.Verb]);
        Uri Address(string door, string more = "") => new($"http://127.0.0.1:{server.Port}/{door}/v1/assets{more}");

        var asset = await SameAnswerAsync(Address(Ours, "/42"), Address(Bare, "/42"));
        await CompareAsync("transcoding.get", new Load(16, 1) { Arguments = ["--h1"] }, door => Address(door, "/42"));
        var post = new Load(16, 1) { Arguments = ["--h1", "--header=content-type: application/json"], Body = asset };
        await CompareAsync("transcoding.create", post, door => Address(door));

        async Task CompareAsync(string name, Load load, Func<string, Uri> address)
        {
            var rates = new Dictionary<string, List<double>>(StringComparer.Ordinal) { [Ours] = [], [Bare] = [] };
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var (door, measured) in rates)
                {
                    var rate = await load.MeasureAsync(address(door), Load.TimeOf(round));
                    await Console.Error.WriteLineAsync($"round {round}: {name} {door} {rate:0} calls/s");
                    if (round > 0)
                        measured.Add(rate);
                }
            }

            report.Add(name, Bare, rates[Ours], rates[Bare], "calls/s", Goal);
        }
    }

    /// <summary>The answer of both doors, which must be the same JSON.</summary>
    private static async Task<byte[]> SameAnswerAsync(Uri ours, Uri bare)
    {
        using var http = new HttpClient();
        var answers = new[] { await http.GetStringAsync(ours), await http.GetStringAsync(bare) };
        // Both ways of writing a time are allowed.
        var (ourJson, bareJson) = (JsonNode.Parse(answers[0]), JsonNode.Parse(answers[1].Replace("+00:00", "Z", StringComparison.Ordinal)));
        return JsonNode.DeepEquals(ourJson, bareJson)
            ? System.Text.Encoding.UTF8.GetBytes(answers[0])
            : throw new InvalidOperationException($"The doors answer differently: {answers[0]} and {answers[1]}");
    }

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? ["exec", Environment.GetCommandLineArgs()[0]] : [];
}
