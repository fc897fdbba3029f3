using Ecosystem.Matching.Proposals;

namespace Ecosystem.Matching.Learning;

/// <summary>What an organisation said to a match with a partner: it fits, or it does not.</summary>
internal sealed record AnsweredPair(string Organisation, string Partner, PairSignals Signals, bool Fits);

/// <summary>What learning came to; qualities and errors are of answers that were not learnt from.</summary>
internal sealed record LearningResult(bool Adopted, SignalWeights Weights, double Before, double After, int Answers, int Organisations, string German, string English)
{
    public Acceptance Acceptance { get; init; } = Acceptance.Untuned;

    public Calibration Calibration { get; init; } = Calibration.Untuned;

    /// <summary>How far scores are from the shares that were accepted: with the calibration in use, and with the one that was learnt.</summary>
    public double ErrorBefore { get; init; }

    public double ErrorAfter { get; init; }
}

/// <summary>
/// Learns how much each signal should count from what people accepted and declined. Quality is the share of pairs of answers of one organisation,
/// one yes and one no, that a ranking puts in the right order. New weights are adopted only when they are better on organisations that were not
/// learnt from, and hardly by chance (<see cref="UnseenGains"/>), and in no fold worse than the weights nobody tuned; the same holds for what past answers say of a partner;
/// who contradicts those more often than chance is not listened to,
/// and nobody counts more by answering more. Then the scores are calibrated anew, which is kept only where it predicts unseen answers better.
/// </summary>
internal static class RankingLearner
{
    public const int LeastAnswers = 50;
    public const int LeastOrganisations = 10;

    private const int Folds = 5;
    private const double Step = 0.1;

    /// <summary>Where more contradict the untuned weights, they contradict one another: half of all who answer at random do.</summary>
    private const double MostContradict = 0.4;

    private static readonly double[] AcceptanceWeights = [0.05, 0.1, 0.15];

    private static readonly SignalWeights[] Choices = [.. Simplex()];

    public static LearningResult Learn(IReadOnlyCollection<AnsweredPair> answers, Ranking current)
    {
        List<Voice> voices = [.. answers.GroupBy(answer => answer.Organisation, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Voice.Of)];
        List<Voice> ordering = voices.FindAll(voice => voice.Comparisons.Count > 0);
        List<Voice> heard = ordering.FindAll(voice => voice.Quality(SignalWeights.Untuned) >= 0.5);
        int answered = heard.Sum(voice => voice.Answers);
        double before = Quality(heard, current.Weights);
        if (answered < LeastAnswers || heard.Count < LeastOrganisations)
        {
            return Unchanged(
                $"Zu wenige Antworten: Nötig sind {LeastAnswers} von mindestens {LeastOrganisations} Organisationen, die zu- und abgesagt haben.",
                $"Too few answers: {LeastAnswers} are needed, of at least {LeastOrganisations} organisations that both accepted and declined.");
        }
        if (heard.Count < ordering.Count * (1 - MostContradict))
        {
            return Unchanged(
                "Die Antworten widersprechen einander: Zu viele lehnen ab, was am besten passt, und nehmen an, was am wenigsten passt. Daraus ist nichts zu lernen.",
                "The answers contradict one another: too many decline what fits best and accept what fits least. Nothing can be learnt from that.");
        }
        LearningResult learnt = LearnAcceptance(heard, LearnWeights(heard, current.Weights, before, answered), current);
        return Calibrate(voices.FindAll(voice => voice.Comparisons.Count == 0 || heard.Contains(voice)), learnt, current.Calibration);

        LearningResult Unchanged(string german, string english) => new(false, current.Weights, before, before, answered, heard.Count, german, english)
        {
            Acceptance = current.Acceptance, Calibration = current.Calibration,
        };
    }

    /// <summary>Those who only say yes, or only no, teach no order, but their answers count for how many proposals are right.</summary>
    private static LearningResult Calibrate(List<Voice> voices, LearningResult learnt, Calibration current)
    {
        var held = new List<(double Said, bool Right)>();
        var better = new List<(double Said, bool Right)>();
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            Calibration fitted = current.FittedTo([.. Fits(voices.Where((_, at) => at % Folds != left), learnt)]);
            foreach ((double fit, bool right) in Fits(voices.Where((_, at) => at % Folds == left), learnt))
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
            Calibration = current.FittedTo([.. Fits(voices, learnt)]),
            German = $"{learnt.German} Die Punktzahl sagt jetzt genauer, welcher Anteil solcher Vorschläge angenommen wird.",
            English = $"{learnt.English} The score now says more exactly which share of such proposals is accepted.",
        };
    }

    private static IEnumerable<(double Fit, bool Right)> Fits(IEnumerable<Voice> voices, LearningResult learnt) =>
        voices.SelectMany(voice => voice.FitsWith(learnt.Weights, learnt.Acceptance));

    /// <summary>The mean squared distance of what was said from what came (Brier).</summary>
    private static double Surprise(List<(double Said, bool Right)> seen) => seen.Average(one => Math.Pow(one.Said - (one.Right ? 1 : 0), 2));

    private static LearningResult LearnWeights(List<Voice> heard, SignalWeights current, double before, int answered)
    {
        double after = 0;
        bool isWorseThanUntuned = false;
        var gains = new UnseenGains();
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            List<Voice> unseen = [.. heard.Where((_, at) => at % Folds == left)];
            SignalWeights learnt = Best([.. heard.Where((_, at) => at % Folds != left)]);
            double quality = Quality(unseen, learnt);
            isWorseThanUntuned |= quality < Quality(unseen, SignalWeights.Untuned);
            gains.AddFold([.. unseen.Select(voice => voice.Quality(learnt) - voice.Quality(current))]);
            after += quality / Folds;
        }
        return gains.AreConvincing && !isWorseThanUntuned
            ? new LearningResult(
                true, Best(heard), before, after, answered, heard.Count,
                "Die neuen Gewichte ordnen auch Antworten besser, aus denen nicht gelernt wurde.", "The new weights put answers in better order that were not learnt from.")
            : new LearningResult(
                false, current, before, before, answered, heard.Count,
                "Die neuen Gewichte ordnen Antworten, aus denen nicht gelernt wurde, nicht überall besser; die bisherigen bleiben.",
                "The new weights do not put answers that were not learnt from in better order everywhere; the present ones stay.");
    }

    /// <summary>What others said of partners must help those whose own answers were not among it.</summary>
    private static LearningResult LearnAcceptance(List<Voice> heard, LearningResult learnt, Ranking current)
    {
        (double weight, double gain) = AcceptanceWeights.Select(weight => (Weight: weight, Gains: GainsOfAcceptance(heard, learnt.Weights, weight)))
            .Where(one => one.Gains.AreConvincing).OrderByDescending(one => one.Gains.Mean).Select(one => (one.Weight, one.Gains.Mean)).FirstOrDefault();
        Acceptance acceptance = weight > 0 ? Acceptance.From(heard.SelectMany(voice => voice.Opinions), weight) : Acceptance.Untuned;
        double inUse = current.Acceptance.Weight > 0 ? GainsOfAcceptance(heard, current.Weights, current.Acceptance.Weight).Mean : 0;
        learnt = learnt with { Before = learnt.Before + inUse, After = learnt.After + gain };
        if (acceptance.IsLike(current.Acceptance)) return learnt with { Acceptance = current.Acceptance };
        return learnt with
        {
            Adopted = true,
            Acceptance = acceptance,
            German = weight > 0
                ? $"{learnt.German} Was andere über einen Partner gesagt haben, zählt zu {weight * 100:0} %."
                : $"{learnt.German} Was andere über einen Partner gesagt haben, zählt nicht mehr.",
            English = weight > 0
                ? $"{learnt.English} What others said of a partner counts {weight * 100:0} %."
                : $"{learnt.English} What others said of a partner no longer counts.",
        };
    }

    private static UnseenGains GainsOfAcceptance(List<Voice> heard, SignalWeights weights, double weight)
    {
        var gains = new UnseenGains();
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            Acceptance others = Acceptance.From(heard.Where((_, at) => at % Folds != left).SelectMany(voice => voice.Opinions), weight);
            gains.AddFold([.. heard.Where((_, at) => at % Folds == left).Select(voice => voice.Quality(weights, others) - voice.Quality(weights))]);
        }
        return gains;
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
    private sealed record Voice(int Answers, IReadOnlyList<(AnsweredPair Fits, AnsweredPair DoesNot)> Comparisons, IReadOnlyList<AnsweredPair> Heard)
    {
        /// <summary>More comparisons of one organisation say nothing new and cost time.</summary>
        private const int MostAnswers = 60;

        public static Voice Of(IEnumerable<AnsweredPair> answers)
        {
            AnsweredPair[] all = [.. answers];
            AnsweredPair[] yes = [.. all.Where(answer => answer.Fits).Take(MostAnswers)];
            AnsweredPair[] no = [.. all.Where(answer => !answer.Fits).Take(MostAnswers)];
            return new Voice(all.Length, [.. yes.SelectMany(fits => no.Select(doesNot => (fits, doesNot)))], [.. all.Take(MostAnswers)]);
        }

        public IEnumerable<(string Asked, string Partner, bool Fits)> Opinions => Heard.Select(answer => (answer.Organisation, answer.Partner, answer.Fits));

        public IEnumerable<(double Fit, bool Right)> FitsWith(SignalWeights weights, Acceptance acceptance) =>
            Heard.Select(answer => (Score(answer, weights, acceptance), answer.Fits));

        public double Quality(SignalWeights weights) => Quality(weights, Acceptance.Untuned);

        public double Quality(SignalWeights weights, Acceptance acceptance) =>
            Comparisons.Average(pair => Order(Score(pair.Fits, weights, acceptance), Score(pair.DoesNot, weights, acceptance)));

        private static double Order(double fits, double doesNot) => Math.Abs(fits - doesNot) < 1e-12 ? 0.5 : fits > doesNot ? 1 : 0;

        private static double Score(AnsweredPair answer, SignalWeights weights, Acceptance acceptance) =>
            acceptance.Blend(Score(answer.Signals, weights), answer.Partner);

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
