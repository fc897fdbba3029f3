using System.Diagnostics;
using System.Globalization;
using Ecosystem.Testing;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Rounds of random input for some time. Each round has a seed of its own, so that the one that failed can be played alone.</summary>
/// <param name="FirstSeed">The seed of the first round; each next one is larger by one.</param>
/// <param name="Time">How long.</param>
/// <param name="Say">Where the run reports.</param>
internal sealed record FuzzRun(int FirstSeed, TimeSpan Time, Action<string> Say)
{
    /// <summary><c>FUZZ_SECONDS</c> (3 unless set; 0 is one round) and <c>FUZZ_SEED</c> (0 unless set).</summary>
    public static FuzzRun FromEnvironment(Action<string> say) => new(Number("FUZZ_SEED", 0), TimeSpan.FromSeconds(Number("FUZZ_SECONDS", 3)), say);

    public async Task PlayAsync(Func<Random, Task> round)
    {
        var clock = Stopwatch.StartNew();
        var seed = FirstSeed;
        do
        {
            try
            {
                await round(new Random(seed)).WaitAsync(Eventually.Deadline);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"The round with seed {seed} failed. Again: FUZZ_SEED={seed} FUZZ_SECONDS=0"), failure);
            }

            seed++;
        }
        while (clock.Elapsed < Time);

        Say(string.Create(
            CultureInfo.InvariantCulture, $"fuzz: {seed - FirstSeed} rounds in {clock.Elapsed.TotalSeconds:0.0} s, seeds {FirstSeed} to {seed - 1}, none failed"));
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
