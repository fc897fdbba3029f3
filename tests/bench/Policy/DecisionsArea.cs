using System.Diagnostics;
using Ecosystem.Odrl;
using Ecosystem.Policy.V1;
using Grpc.Net.Client;

namespace Ecosystem.Bench.Policy;

/// <summary>Decisions through gRPC, each durable in the ledger before it is answered: what that costs, and what a batch saves.</summary>
internal static class DecisionsArea
{
    /// <summary>The terms of the agreement under which is asked; those of the engine's measurement.</summary>
    public const string Terms = """
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:policy:bench",
          "permission": [{ "action": "use", "constraint": [
            { "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "https://w3id.org/dpv/legal/eu/ehds#TrainTestAndEvaluateHealthAlgorithms" } },
            { "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2100-01-01T00:00:00Z", "@type": "xsd:dateTime" } }] }] }
        """;

    private const string User = "urn:org:user";
    private const int AtOnce = 64;
    private const int Batch = 100;
    private const double AgainstUnlogged = 0.1;
    private const double AgainstSingle = 5;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("ecosystem-bench-");
        try
        {
            await using var around = await Surroundings.StartAsync();
            await using var service = await PolicyProcess.StartAsync(folder, around);
            using var unlogged = await ServerProcess.StartAsync(Environment.ProcessPath!, [UnloggedDecisions.Verb, around.Address]);
            using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{unlogged.Port}");
            var question = await service.AgreeAsync(around, Terms, Purposes.TrainHealthAlgorithms, User);
            var token = around.Token("user", User, "analyst");
            await CompareAsync(report, rounds, Asking(service.Decisions, question, token), Asking(new(channel), question, token), BatchOf(service.Decisions, question, token));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(BenchReport report, int rounds, Func<Task> ours, Func<Task> theirs, Func<Task> batch)
    {
        List<Calls> single = [], many = [], batches = [], bare = [], manyBare = [];
        (List<Calls> To, int Callers, Func<Task> Call)[] cases = [(single, 1, ours), (bare, 1, theirs), (many, AtOnce, ours), (manyBare, AtOnce, theirs), (batches, 1, batch)];
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (to, callers, call) in cases)
            {
                var calls = await Calls.DuringAsync(Time, callers, call);
                if (round > 0) // the first is for compilers and caches
                    to.Add(calls);
            }
        }

        Report(report, "grpc-single", "unlogged", single, bare);
        Report(report, $"grpc-single-{AtOnce}", "unlogged", many, manyBare);
        report.Add($"policy.grpc-batch-{Batch}", "single", [.. batches.Select(calls => calls.Rate * Batch)], [.. single.Select(calls => calls.Rate)], "decisions/s", AgainstSingle);
        report.Note($"policy.grpc-batch-{Batch} of {Batch} decisions each: p50 {Median(batches, 0.5)} ms, p99 {Median(batches, 0.99)} ms");
    }

    private static void Report(BenchReport report, string name, string peer, List<Calls> ours, List<Calls> theirs)
    {
        report.Add($"policy.{name}", peer, [.. ours.Select(calls => calls.Rate)], [.. theirs.Select(calls => calls.Rate)], "decisions/s", AgainstUnlogged);
        report.Note($"policy.{name}: p50 {Median(ours, 0.5)} ms, p99 {Median(ours, 0.99)} ms; {peer} p50 {Median(theirs, 0.5)} ms, p99 {Median(theirs, 0.99)} ms");
    }

    private static string Median(List<Calls> rounds, double share) =>
        rounds.Select(calls => calls.Within(share).TotalMilliseconds).Order().ElementAt(rounds.Count / 2).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);

    private static Func<Task> Asking(DecisionService.DecisionServiceClient decisions, DecideRequest question, string token)
    {
        var headers = PolicyProcess.Bearer(token);
        return async () =>
        {
            if (!(await decisions.DecideAsync(question, headers)).Permitted)
                throw new InvalidOperationException("The use was not permitted.");
        };
    }

    private static Func<Task> BatchOf(DecisionService.DecisionServiceClient decisions, DecideRequest question, string token)
    {
        var headers = PolicyProcess.Bearer(token);
        var questions = new DecideBatchRequest { Requests = { Enumerable.Repeat(question, Batch) } };
        return async () =>
        {
            if (!(await decisions.DecideBatchAsync(questions, headers)).Decisions.All(decision => decision.Permitted))
                throw new InvalidOperationException("A use was not permitted.");
        };
    }

    /// <summary>The calls of one measurement.</summary>
    private sealed record Calls(double Rate, IReadOnlyList<TimeSpan> Sorted)
    {
        /// <summary>How long the given share of the calls took at most.</summary>
        public TimeSpan Within(double share) => Sorted[(int)(share * (Sorted.Count - 1))];

        public static async Task<Calls> DuringAsync(TimeSpan time, int callers, Func<Task> call)
        {
            var clock = Stopwatch.StartNew();
            var taken = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                List<TimeSpan> times = [];
                while (clock.Elapsed < time)
                {
                    var begun = Stopwatch.GetTimestamp();
                    await call();
                    times.Add(Stopwatch.GetElapsedTime(begun));
                }

                return times;
            })));
            var all = taken.SelectMany(times => times).Order().ToList();
            return new(all.Count / clock.Elapsed.TotalSeconds, all);
        }
    }
}
