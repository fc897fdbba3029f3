using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>A candidate and how well it fits, 0 to 1; <paramref name="Text"/> is the share of words that met.</summary>
internal readonly record struct Candidate(Item Item, double Score, double Text);

/// <summary>
/// The scores of all items that share a word, theme or modality with what is asked, added up from the index; nothing else is touched. The buffers
/// are kept by each thread, because a new item must not cost the room of all the others.
/// </summary>
internal sealed class CandidateScores
{
    [ThreadStatic]
    private static CandidateScores? _ofThread;

    private readonly List<int> _touched = [];
    private readonly List<int> _ofWord = [];
    private double[] _text = [];
    private double[] _taxonomy = [];
    private double[] _frequencies = [];

    /// <summary>
    /// The best candidates, best first, at least <paramref name="atLeast"/> of them if there are so many; the same as comparing with every item.
    /// </summary>
    public static List<Candidate> Best(ItemIndex.Reading items, Item asked, TextQuery query, SignalWeights weights, int atLeast)
    {
        CandidateScores scores = _ofThread ??= new CandidateScores();
        scores.MakeRoom(items.Size);
        scores.Add(items, query);
        scores.Add(asked.Themes, weights.Themes, items.WithTheme);
        scores.Add(asked.Modalities, weights.Modalities, items.WithModality);
        return scores.Take(items, asked, query, weights, atLeast);
    }

    private void MakeRoom(int size)
    {
        if (_text.Length >= size) return;
        _text = new double[size * 2];
        _taxonomy = new double[size * 2];
        _frequencies = new double[size * 2];
    }

    private void Add(ItemIndex.Reading items, TextQuery query)
    {
        foreach (SoughtWord word in query.Words)
        {
            foreach ((string term, double share, _) in word.Terms)
            {
                Postings postings = items.WithTerm(term)!;
                ReadOnlySpan<int> numbers = postings.Items;
                ReadOnlySpan<float> frequencies = postings.Weights;
                for (int at = 0; at < numbers.Length; at++)
                {
                    if (_frequencies[numbers[at]] == 0) _ofWord.Add(numbers[at]);
                    _frequencies[numbers[at]] += share * frequencies[at];
                }
            }
            foreach (int number in _ofWord)
            {
                Touch(number);
                _text[number] += word.Weight * _frequencies[number] / (TextQuery.Saturation + _frequencies[number]);
                _frequencies[number] = 0;
            }
            _ofWord.Clear();
        }
    }

    private void Add(IReadOnlyList<string> values, double weight, Func<string, Postings?> having)
    {
        foreach (string value in values)
        {
            if (having(value) is not { } postings) continue;
            foreach (int number in postings.Items)
            {
                Touch(number);
                _taxonomy[number] += weight / values.Count;
            }
        }
    }

    private void Touch(int number)
    {
        if (_text[number] == 0 && _taxonomy[number] == 0) _touched.Add(number);
    }

    private List<Candidate> Take(ItemIndex.Reading items, Item asked, TextQuery query, SignalWeights weights, int atLeast)
    {
        double perText = query.Attainable > 0 ? weights.Text / query.Attainable : 0;
        double least = LeastOfBest(perText, atLeast) - weights.Areas; // areas can lift nobody by more than their weight
        var best = new List<Candidate>(atLeast * 2);
        foreach (int number in _touched)
        {
            double score = (_text[number] * perText) + _taxonomy[number];
            if (score >= least && items.Item(number) is { } item)
            {
                double area = weights.Areas > 0 ? weights.Areas * AreaKeys.Served(asked.Areas, item.Areas) : 0;
                best.Add(new Candidate(item, score + area, query.Attainable > 0 ? _text[number] / query.Attainable : 0));
            }
            _text[number] = _taxonomy[number] = 0;
        }
        _touched.Clear();
        best.Sort(static (left, right) =>
        {
            int byScore = right.Score.CompareTo(left.Score);
            return byScore != 0 ? byScore : string.CompareOrdinal(left.Item.Id, right.Item.Id);
        });
        return best;
    }

    /// <summary>The score, without areas, of the last of the best so many.</summary>
    private double LeastOfBest(double perText, int atLeast)
    {
        if (_touched.Count <= atLeast) return 0;
        var heap = new PriorityQueue<double, double>(atLeast + 1);
        foreach (int number in _touched)
        {
            double score = (_text[number] * perText) + _taxonomy[number];
            if (heap.Count < atLeast) heap.Enqueue(score, score);
            else if (score > heap.Peek()) heap.DequeueEnqueue(score, score);
        }
        return heap.Peek();
    }
}
