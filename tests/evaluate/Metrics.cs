namespace Ecosystem.Evaluate;

/// <summary>One question and the documents that answer it.</summary>
internal sealed record Question(string Text, IReadOnlySet<string> Answers);

/// <summary>How good the rankings for a set of questions are; each figure is the mean over the questions, 0 to 1.</summary>
internal sealed class Metrics
{
    private readonly Dictionary<string, double> _values;

    private Metrics(Dictionary<string, double> values) => _values = values;

    public double this[string metric] => _values[metric];

    /// <summary>Ranks every question and measures the lists; each list is cut after its tenth entry.</summary>
    public static Metrics Of(IReadOnlyList<Question> questions, Func<string, IEnumerable<string>> rank)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal) { ["mrr@10"] = 0, ["ndcg@10"] = 0, ["r@5"] = 0, ["r@10"] = 0 };
        foreach (Question question in questions)
        {
            string[] ranked = [.. rank(question.Text).Take(10)];
            sums["mrr@10"] += ReciprocalRank(ranked, question.Answers);
            sums["ndcg@10"] += DiscountedGain(ranked, question.Answers);
            sums["r@5"] += Recall(ranked.Take(5), question.Answers);
            sums["r@10"] += Recall(ranked, question.Answers);
        }
        return new Metrics(sums.ToDictionary(sum => sum.Key, sum => sum.Value / questions.Count, StringComparer.Ordinal));
    }

    private static double ReciprocalRank(string[] ranked, IReadOnlySet<string> answers)
    {
        int first = Array.FindIndex(ranked, answers.Contains);
        return first < 0 ? 0 : 1.0 / (first + 1);
    }

    private static double DiscountedGain(string[] ranked, IReadOnlySet<string> answers)
    {
        double ideal = Enumerable.Range(0, Math.Min(10, answers.Count)).Sum(Discount);
        return ranked.Select((id, place) => answers.Contains(id) ? Discount(place) : 0).Sum() / ideal;
    }

    private static double Discount(int place) => 1 / Math.Log2(place + 2);

    private static double Recall(IEnumerable<string> ranked, IReadOnlySet<string> answers) => (double)ranked.Count(answers.Contains) / answers.Count;
}
