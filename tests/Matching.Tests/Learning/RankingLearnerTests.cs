using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Proposals;

namespace Ecosystem.Matching.Tests.Learning;

/// <summary>Learning helps where answers teach something, and never makes it worse on what it has not seen, whatever people answer.</summary>
public sealed class RankingLearnerTests
{
    private const int Seeds = 20;

    [Fact]
    public void Honest_answers_make_it_better_on_answers_that_were_not_seen()
    {
        int adopted = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            LearningResult learnt = RankingLearner.Learn(Answers(seed, organisations: 40, Honest), SignalWeights.Untuned, Calibration.Untuned);
            adopted += learnt.Adopted ? 1 : 0;
            Assert.True(learnt.After >= learnt.Before || !learnt.Adopted);
            Assert.True(Unseen(seed, learnt.Weights, Honest) >= Unseen(seed, SignalWeights.Untuned, Honest));
        }

        Assert.True(adopted > Seeds / 2, $"only {adopted} of {Seeds} were adopted");
    }

    [Theory]
    [InlineData("reversed by everybody")]
    [InlineData("reversed by a third")]
    [InlineData("at random")]
    [InlineData("flooded by one")]
    [InlineData("always yes")]
    [InlineData("a third for themes only")]
    public void Whatever_people_answer_it_is_not_worse_on_answers_that_were_not_seen(string how)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            IReadOnlyCollection<AnsweredPair> answers = how switch
            {
                "reversed by everybody" => Answers(seed, organisations: 40, (pair, _, random) => !Honest(pair, 0, random)),
                "reversed by a third" => Answers(seed, organisations: 40, (pair, organisation, random) => Honest(pair, 0, random) != (organisation % 3 == 0)),
                "at random" => Answers(seed, organisations: 40, (_, _, random) => random.Next(2) == 0),
                "flooded by one" => [.. Answers(seed, organisations: 12, Honest), .. Enumerable.Repeat(Answers(seed, organisations: 1, (pair, _, random) => !Honest(pair, 0, random)), 50).SelectMany(all => all)],
                "always yes" => Answers(seed, organisations: 40, (_, _, _) => true),
                _ => Answers(seed, organisations: 40, OrThemesOnly),
            };

            LearningResult learnt = RankingLearner.Learn(answers, SignalWeights.Untuned, Calibration.Untuned);

            // Wrong answers are held against the truth; people who care for something else are held against others of their kind.
            Func<PairSignals, int, Random, bool> truth = how == "a third for themes only" ? OrThemesOnly : Honest;
            Assert.True(Unseen(seed, learnt.Weights, truth) >= Unseen(seed, SignalWeights.Untuned, truth) - 0.001, $"seed {seed}: {learnt}");
        }
    }

    [Fact]
    public void Scores_are_nearer_to_the_share_that_is_accepted_on_answers_that_were_not_seen()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            LearningResult learnt = RankingLearner.Learn(Answers(seed, organisations: 40, Honest), SignalWeights.Untuned, Calibration.Untuned);

            Assert.True(learnt.ErrorAfter <= learnt.ErrorBefore);
            Assert.True(Error(seed, learnt.Weights, learnt.Calibration) <= Error(seed, learnt.Weights, Calibration.Untuned) + 0.001, $"seed {seed}: {learnt}");
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_calibration_keeps_every_order_whatever_it_was_fitted_to(double share)
    {
        var random = new Random(3);
        (double Fit, bool Right)[] seen = [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble(), random.NextDouble() < share))];

        Calibration fitted = Calibration.Untuned.FittedTo(seen);

        Assert.True(fitted.Slope > 0);
        Assert.True(Calibration.Error([.. seen.Select(one => (fitted.Of(one.Fit), one.Right))]) < 0.1);
    }

    [Fact]
    public void Few_answers_teach_nothing()
    {
        LearningResult learnt = RankingLearner.Learn(Answers(seed: 1, organisations: 5, Honest), SignalWeights.Untuned, Calibration.Untuned);

        Assert.False(learnt.Adopted);
        Assert.Equal(SignalWeights.Untuned, learnt.Weights);
        Assert.StartsWith("Too few answers", learnt.English, StringComparison.Ordinal);
    }

    /// <summary>The truth: kinds of data decide far more, and areas far less, than the untuned weights say.</summary>
    private static bool Honest(PairSignals pair, int organisation, Random random) =>
        (0.45 * pair.Text) + (0.1 * pair.Themes!.Value) + (0.4 * pair.Modalities!.Value) + (0.05 * pair.Areas!.Value) + (0.1 * random.NextDouble()) > 0.55;

    private static bool OrThemesOnly(PairSignals pair, int organisation, Random random) => organisation % 3 == 0 ? pair.Themes > 0.5 : Honest(pair, organisation, random);

    private static List<AnsweredPair> Answers(int seed, int organisations, Func<PairSignals, int, Random, bool> fits)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, organisations).SelectMany(organisation => Enumerable.Range(0, 12).Select(_ =>
            {
                var pair = new PairSignals(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
                return new AnsweredPair($"organisation-{organisation:00}", pair, fits(pair, organisation, random));
            })),
        ];
    }

    /// <summary>The share of answers of other organisations that the weights put in the right order.</summary>
    private static double Unseen(int seed, SignalWeights weights, Func<PairSignals, int, Random, bool> truth)
    {
        List<AnsweredPair> answers = Answers(seed + 10_000, organisations: 60, truth);
        var pairs = answers.Where(answer => answer.Fits).SelectMany(yes => answers.Where(answer => !answer.Fits && answer.Organisation == yes.Organisation).Select(no => (yes, no))).ToList();
        return pairs.Average(pair => Score(pair.yes.Signals, weights) > Score(pair.no.Signals, weights) ? 1.0 : 0.0);
    }

    private static double Error(int seed, SignalWeights weights, Calibration calibration) =>
        Calibration.Error([.. Answers(seed + 10_000, organisations: 60, Honest).Select(answer => (calibration.Of(Score(answer.Signals, weights)), answer.Fits))]);

    private static double Score(PairSignals pair, SignalWeights weights) =>
        (weights.Text * pair.Text) + (weights.Themes * pair.Themes!.Value) + (weights.Modalities * pair.Modalities!.Value) + (weights.Areas * pair.Areas!.Value);
}
