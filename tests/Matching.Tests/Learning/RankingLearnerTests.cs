using System.Globalization;
using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Proposals;
using Xunit.Abstractions;

namespace Ecosystem.Matching.Tests.Learning;

/// <summary>Learning helps where answers teach something, and never makes it worse on what it has not seen, whatever people answer.</summary>
public sealed class RankingLearnerTests(ITestOutputHelper output)
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("LEARNING_SEEDS"), CultureInfo.InvariantCulture, out int seeds) ? seeds : 20;

    [Fact]
    public void Honest_answers_make_it_better_on_answers_that_were_not_seen()
    {
        int adopted = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            LearningResult learnt = RankingLearner.Learn(Answers(seed, organisations: 40, Honest), Ranking.Untuned);
            adopted += learnt.Adopted ? 1 : 0;
            Assert.True(learnt.After >= learnt.Before || !learnt.Adopted);
            Assert.True(Unseen(seed, learnt.Weights, Honest) >= Unseen(seed, SignalWeights.Untuned, Honest));
        }

        output.WriteLine($"adopted for {adopted} of {Seeds} seeds");
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

            LearningResult learnt = RankingLearner.Learn(answers, Ranking.Untuned);

            // Wrong answers are held against the truth; people who care for something else are held against others of their kind.
            Func<PairSignals, int, Random, bool> truth = how == "a third for themes only" ? OrThemesOnly : Honest;
            Assert.True(Unseen(seed, learnt.Weights, truth) >= Unseen(seed, SignalWeights.Untuned, truth) - 0.001, $"seed {seed}: {learnt}");
            Assert.True(Unseen(seed, learnt.Weights, truth, learnt.Acceptance) >= Unseen(seed, learnt.Weights, truth) - 0.001, $"seed {seed}: {learnt}");
        }
    }

    [Fact]
    public void Scores_are_nearer_to_the_share_that_is_accepted_on_answers_that_were_not_seen()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            LearningResult learnt = RankingLearner.Learn(Answers(seed, organisations: 40, Honest), Ranking.Untuned);

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
    public void What_others_said_of_a_partner_helps_where_partners_differ()
    {
        int adopted = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            LearningResult learnt = RankingLearner.Learn(WherePartnersDiffer(seed), Ranking.Untuned);
            List<AnsweredPair> unseen = WherePartnersDiffer(seed + 10_000);
            adopted += learnt.Acceptance.Weight > 0 ? 1 : 0;
            Assert.True(Right(unseen, learnt.Weights, learnt.Acceptance) >= Right(unseen, learnt.Weights, Acceptance.Untuned), $"seed {seed}: {learnt}");
        }

        output.WriteLine($"adopted for {adopted} of {Seeds} seeds");
        Assert.True(adopted > Seeds / 2, $"only {adopted} of {Seeds} were adopted");
    }

    [Fact]
    public void Who_was_judged_by_few_stands_at_the_mean_however_often_one_of_them_answered()
    {
        (string, string, bool)[] answers =
        [
            .. Enumerable.Range(0, 40).Select(asked => ($"asked-{asked}", "known", asked % 2 == 0)),
            .. Enumerable.Range(0, 4).Select(asked => ($"asked-{asked}", "small", false)),
            .. Enumerable.Range(0, 5).Select(asked => ($"asked-{asked}", "disliked", false)),
            .. Enumerable.Repeat(("asked-1", "disliked", false), 500),
        ];

        Acceptance acceptance = Acceptance.From(answers, weight: 0.1);

        Assert.Equal(acceptance.Mean, acceptance.Of("new"));
        Assert.Equal(acceptance.Mean, acceptance.Of("small"));
        Assert.InRange(acceptance.Of("disliked"), 0.1, acceptance.Mean - 0.1);
        Assert.Equal(20.0 / 49, acceptance.Mean, 9);
    }

    [Fact]
    public void What_stays_the_same_is_no_new_version()
    {
        List<AnsweredPair> answers = WherePartnersDiffer(seed: 1);
        LearningResult first = RankingLearner.Learn(answers, Ranking.Untuned);

        LearningResult second = RankingLearner.Learn(answers, new Ranking(1, first.Weights, first.Acceptance, first.Calibration));

        Assert.True(first.Adopted);
        Assert.Same(first.Acceptance, second.Acceptance);
    }

    [Fact]
    public void What_is_said_of_partners_and_already_in_use_is_no_gain()
    {
        (List<AnsweredPair> answers, LearningResult first) = Enumerable.Range(0, 20).Select(WherePartnersDiffer)
            .Select(all => (all, RankingLearner.Learn(all, Ranking.Untuned))).First(one => one.Item2.Acceptance.Weight > 0);
        double less = first.Acceptance.Weight > 0.05 ? 0.05 : 0.1;

        LearningResult fromNothing = RankingLearner.Learn(answers, With(Acceptance.Untuned));
        LearningResult fromLess = RankingLearner.Learn(answers, With(first.Acceptance with { Weight = less }));
        LearningResult again = RankingLearner.Learn(answers, With(first.Acceptance));

        Assert.Equal(fromNothing.After, fromLess.After, 9);
        Assert.True(fromNothing.Before < fromLess.Before, $"{fromNothing.Before} and {fromLess.Before}");
        Assert.Equal(fromNothing.After, again.After, 9);
        Assert.Equal(again.After, again.Before, 9);

        Ranking With(Acceptance inUse) => new(1, first.Weights, inUse, first.Calibration);
    }

    [Fact]
    public void Few_answers_teach_nothing()
    {
        LearningResult learnt = RankingLearner.Learn(Answers(seed: 1, organisations: 5, Honest), Ranking.Untuned);

        Assert.False(learnt.Adopted);
        Assert.Equal(SignalWeights.Untuned, learnt.Weights);
        Assert.StartsWith("Too few answers", learnt.English, StringComparison.Ordinal);
    }

    /// <summary>The truth: kinds of data decide far more, and areas far less, than the untuned weights say.</summary>
    private static bool Honest(PairSignals pair, int organisation, Random random) =>
        (0.45 * pair.Text) + (0.1 * pair.Themes!.Value) + (0.4 * pair.Modalities!.Value) + (0.05 * pair.Areas!.Value) + (0.1 * random.NextDouble()) > 0.55;

    private static bool OrThemesOnly(PairSignals pair, int organisation, Random random) => organisation % 3 == 0 ? pair.Themes > 0.5 : Honest(pair, organisation, random);

    private static string Partner(Random random) => $"partner-{random.Next(15):00}";

    /// <summary>A third of the partners keep what they promise less often than what they say of themselves lets expect.</summary>
    private static List<AnsweredPair> WherePartnersDiffer(int seed) =>
    [
        .. Answers(seed, organisations: 40, Honest)
            .Select(answer => answer with { Fits = answer.Fits && (int.Parse(answer.Partner[^2..], CultureInfo.InvariantCulture) % 3 != 0 || answer.Signals.Text > 0.8) }),
    ];

    private static List<AnsweredPair> Answers(int seed, int organisations, Func<PairSignals, int, Random, bool> fits)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, organisations).SelectMany(organisation => Enumerable.Range(0, 12).Select(_ =>
            {
                var pair = new PairSignals(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
                return new AnsweredPair($"organisation-{organisation:00}", Partner(random), pair, fits(pair, organisation, random));
            })),
        ];
    }

    /// <summary>The share of answers of other organisations that the weights put in the right order.</summary>
    private static double Unseen(int seed, SignalWeights weights, Func<PairSignals, int, Random, bool> truth, Acceptance? acceptance = null) =>
        Right(Answers(seed + 10_000, organisations: 60, truth), weights, acceptance ?? Acceptance.Untuned);

    private static double Right(List<AnsweredPair> answers, SignalWeights weights, Acceptance acceptance)
    {
        var pairs = answers.Where(answer => answer.Fits).SelectMany(yes => answers.Where(answer => !answer.Fits && answer.Organisation == yes.Organisation).Select(no => (yes, no))).ToList();
        return pairs.Average(pair => acceptance.Blend(Score(pair.yes.Signals, weights), pair.yes.Partner) > acceptance.Blend(Score(pair.no.Signals, weights), pair.no.Partner) ? 1.0 : 0.0);
    }

    private static double Error(int seed, SignalWeights weights, Calibration calibration) =>
        Calibration.Error([.. Answers(seed + 10_000, organisations: 60, Honest).Select(answer => (calibration.Of(Score(answer.Signals, weights)), answer.Fits))]);

    private static double Score(PairSignals pair, SignalWeights weights) =>
        (weights.Text * pair.Text) + (weights.Themes * pair.Themes!.Value) + (weights.Modalities * pair.Modalities!.Value) + (weights.Areas * pair.Areas!.Value);
}
