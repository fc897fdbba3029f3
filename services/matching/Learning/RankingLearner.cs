using Ecosystem.Matching.Proposals;

namespace Ecosystem.Matching.Learning;

/// <summary>What an organisation said to a match: it fits, or it does not.</summary>
internal sealed record AnsweredPair(string Organisation, PairSignals Signals, bool Fits);

/// <summary>What learning came to; qualities and errors are of answers that were not learnt from.</summary>
internal sealed record LearningResult(bool Adopted, SignalWeights Weights, double Before, double After, int Answers, int Organisations, string German, string English)
{
    public Calibration Calibration { get; init; } = Calibration.Untuned;

    /// <summary>How far scores are from the shares that were accepted: with the calibration in use, and with the one that was learnt.</summary>
    public double ErrorBefore { get; init; }

    public double ErrorAfter { get; init; }
}

/// <summary>
/// Learns how much each signal should count from what people accepted and declined. Quality is the share of pairs of answers of one organisation,
/// one yes and one no, that a ranking puts in the right order. New weights are adopted only when they are better on organisations that were not
/// learnt from: in the mean, for most of them, and in no fold worse than the weights nobody tuned; who contradicts those more often than chance is not listened to,
/// and nobody counts more by answering more. Then the scores are calibrated anew, which is kept only where it predicts unseen answers better.
/// </summary>
internal static class RankingLearner
{
    public const int LeastAnswers = 50;
    public const int LeastOrganisations = 10;

    private const int Folds = 5;
    private const double LeastGain = 0.01;
    private const double Step = 0.1;

    private static readonly SignalWeights[] Choices = [.. Simplex()];

    public static LearningResult Learn(IReadOnlyCollection<AnsweredPair> answers, SignalWeights current, Calibration calibration)
    {
        List<Voice> voices = [.. answers.GroupBy(answer => answer.Organisation, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Voice.Of)];
        List<Voice> heard = voices.FindAll(voice => voice.Comparisons.Count > 0 && voice.Quality(SignalWeights.Untuned) >= 0.5);
        int answered = heard.Sum(voice => voice.Answers);
        double before = Quality(heard, current);
        if (answered < LeastAnswers || heard.Count < LeastOrganisations)
        {
            return new LearningResult(
                false, current, before, before, answered, heard.Count,
                $"Zu wenige Antworten: Nötig sind {LeastAnswers} von mindestens {LeastOrganisations} Organisationen, die zu- und abgesagt haben.",
                $"Too few answers: {LeastAnswers} are needed, of at least {LeastOrganisations} organisations that both accepted and declined.") { Calibration = calibration };
        }
        LearningResult learnt = LearnWeights(heard, current, before, answered);
        return Calibrate(voices.FindAll(voice => voice.Comparisons.Count == 0 || heard.Contains(voice)), learnt, calibration);
    }

    /// <summary>Those who only say yes, or only no, teach no order, but their answers count for how many proposals are right.</summary>
    private static LearningResult Calibrate(List<Voice> voices, LearningResult learnt, Calibration current)
    {
        var held = new List<(double Said, bool Right)>();
        var better = new List<(double Said, bool Right)>();
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            Calibration fitted = current.FittedTo([.. Fits(voices.Where((_, at) => at % Folds != left), learnt.Weights)]);
            foreach ((double fit, bool right) in Fits(voices.Where((_, at) => at % Folds == left), learnt.Weights))
            {
                held.Add((current.Of(fit), right));
                better.Add((fitted.Of(fit), right));
            }
        }
        LearningResult reported = learnt with { Calibration = current, ErrorBefore = Calibration.Error(held), ErrorAfter = Calibration.Error(better) };
        if (reported.ErrorAfter >= reported.ErrorBefore || Surprise(better) >= Surprise(held)) return reported with { ErrorAfter = reported.ErrorBefore };
        return reported with
        {
            Adopted = true,
            Calibration = current.FittedTo([.. Fits(voices, learnt.Weights)]),
            German = $"{learnt.German} Die Punktzahl sagt jetzt genauer, welcher Anteil solcher Vorschläge angenommen wird.",
            English = $"{learnt.English} The score now says more exactly which share of such proposals is accepted.",
        };
    }

    private static IEnumerable<(double Fit, bool Right)> Fits(IEnumerable<Voice> voices, SignalWeights weights) => voices.SelectMany(voice => voice.FitsWith(weights));

    /// <summary>The mean squared distance of what was said from what came (Brier).</summary>
    private static double Surprise(List<(double Said, bool Right)> seen) => seen.Average(one => Math.Pow(one.Said - (one.Right ? 1 : 0), 2));

    private static LearningResult LearnWeights(List<Voice> heard, SignalWeights current, double before, int answered)
    {

        double after = 0;
        double held = 0;
        bool worseSomewhere = false;
        var gains = new List<double>(heard.Count);
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            List<Voice> unseen = [.. heard.Where((_, at) => at % Folds == left)];
            SignalWeights learnt = Best([.. heard.Where((_, at) => at % Folds != left)]);
            (double quality, double floor) = (Quality(unseen, learnt), Quality(unseen, SignalWeights.Untuned));
            worseSomewhere |= quality < floor;
            gains.AddRange(unseen.Select(voice => voice.Quality(learnt) - voice.Quality(SignalWeights.Untuned)));
            after += quality / Folds;
            held += Quality(unseen, current) / Folds;
        }
        gains.Sort();
        bool betterForMost = gains[gains.Count / 2] > 0;
        return betterForMost && !worseSomewhere && after >= held + LeastGain
            ? new LearningResult(
                true, Best(heard), held, after, answered, heard.Count,
                "Die neuen Gewichte ordnen auch Antworten besser, aus denen nicht gelernt wurde.", "The new weights put answers in better order that were not learnt from.")
            : new LearningResult(
                false, current, held, after, answered, heard.Count,
                "Die neuen Gewichte ordnen Antworten, aus denen nicht gelernt wurde, nicht überall besser; die bisherigen bleiben.",
                "The new weights do not put answers that were not learnt from in better order everywhere; the present ones stay.");
    }

    private static SignalWeights Best(IReadOnlyCollection<Voice> voices)
    {
        double floor = Quality(voices, SignalWeights.Untuned);
        SignalWeights best = Choices.MaxBy(choice => Quality(voices, choice))!;
        return Quality(voices, best) > floor ? best : SignalWeights.Untuned;
    }

    /// <summary>Each organisation counts the same.</summary>
    private static double Quality(IReadOnlyCollection<Voice> voices, SignalWeights weights) => voices.Count == 0 ? 0 : voices.Average(voice => voice.Quality(weights));

    /// <summary>All weights in tenths in which every signal counts and words count most of all or nearly.</summary>
    private static IEnumerable<SignalWeights> Simplex()
    {
        for (int text = 3; text <= 7; text++)
        {
            for (int themes = 1; text + themes <= 8; themes++)
            {
                for (int modalities = 1; text + themes + modalities <= 9; modalities++)
                {
                    yield return new SignalWeights(text * Step, themes * Step, modalities * Step, (10 - text - themes - modalities) * Step);
                }
            }
        }
    }

    /// <summary>What one organisation said, as comparisons of what fits with what does not.</summary>
    private sealed record Voice(int Answers, IReadOnlyList<(PairSignals Fits, PairSignals DoesNot)> Comparisons, IReadOnlyList<AnsweredPair> Heard)
    {
        /// <summary>More comparisons of one organisation say nothing new and cost time.</summary>
        private const int MostAnswers = 60;

        public static Voice Of(IEnumerable<AnsweredPair> answers)
        {
            AnsweredPair[] all = [.. answers];
            AnsweredPair[] yes = [.. all.Where(answer => answer.Fits).Take(MostAnswers)];
            AnsweredPair[] no = [.. all.Where(answer => !answer.Fits).Take(MostAnswers)];
            return new Voice(all.Length, [.. yes.SelectMany(fits => no.Select(doesNot => (fits.Signals, doesNot.Signals)))], [.. all.Take(MostAnswers)]);
        }

        public IEnumerable<(double Fit, bool Right)> FitsWith(SignalWeights weights) => Heard.Select(answer => (Score(answer.Signals, weights), answer.Fits));

        public double Quality(SignalWeights weights) => Comparisons.Average(pair => Order(Score(pair.Fits, weights), Score(pair.DoesNot, weights)));

        private static double Order(double fits, double doesNot) => Math.Abs(fits - doesNot) < 1e-12 ? 0.5 : fits > doesNot ? 1 : 0;

        private static double Score(PairSignals signals, SignalWeights weights)
        {
            (double sum, double all) = (weights.Text * signals.Text, weights.Text);
            foreach ((double? share, double weight) in (ReadOnlySpan<(double?, double)>)[(signals.Themes, weights.Themes), (signals.Modalities, weights.Modalities), (signals.Areas, weights.Areas)])
            {
                if (share is not { } stated) continue;
                sum += weight * stated;
                all += weight;
            }
            return sum / all;
        }
    }
}
