using System.Runtime.InteropServices;
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

    private readonly List<int> _ofWord = [];
    private int[] _touched = [];
    private int _count;
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
        scores.Add(items, query); // first: as long as there are only words, who has none yet is new
        scores.Add(asked.Themes, weights.Themes, items.WithTheme);
        scores.Add(asked.Modalities, weights.Modalities, items.WithModality);
        return scores.Take(items, asked, query, weights, atLeast);
    }

    private void MakeRoom(int size)
    {
        if (_text.Length >= size) return;
        _touched = new int[size * 2];
        _text = new double[size * 2];
        _taxonomy = new double[size * 2];
        _frequencies = new double[size * 2];
    }

    private void Add(ItemIndex.Reading items, TextQuery query)
    {
        foreach (SoughtWord word in query.Words)
        {
            if (word.Terms is [{ Share: 1 } itself])
            {
                Add(items.WithTerm(itself.Term)!, word.Weight);
                continue;
            }
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
                if (_text[number] == 0) _touched[_count++] = number;
                _text[number] += word.Weight * _frequencies[number] / (TextQuery.Saturation + _frequencies[number]);
                _frequencies[number] = 0;
            }
            _ofWord.Clear();
        }
    }

    /// <summary>Most words are found under one term; what they earn needs no gathering first.</summary>
    private void Add(Postings postings, double weight)
    {
        ReadOnlySpan<int> numbers = postings.Items;
        ReadOnlySpan<float> frequencies = postings.Weights;
        double[] text = _text;
        for (int at = 0; at < numbers.Length && at < frequencies.Length; at++)
        {
            int number = numbers[at];
            double frequency = frequencies[at];
            if (text[number] == 0) _touched[_count++] = number;
            text[number] += weight * frequency / (TextQuery.Saturation + frequency);
        }
    }

    private void Add(IReadOnlyList<string> values, double weight, Func<string, Postings?> having)
    {
        if (weight <= 0) return;
        foreach (string value in values)
        {
            if (having(value) is not { } postings) continue;
            foreach (int number in postings.Items)
            {
                if (_text[number] == 0 && _taxonomy[number] == 0) _touched[_count++] = number;
                _taxonomy[number] += weight / values.Count;
            }
        }
    }

    private List<Candidate> Take(ItemIndex.Reading items, Item asked, TextQuery query, SignalWeights weights, int atLeast)
    {
        double perText = query.Attainable > 0 ? weights.Text / query.Attainable : 0;
        double least = LeastOfBest(perText, atLeast) - weights.Areas; // areas can lift nobody by more than their weight
        var best = new List<Candidate>(atLeast * 2);
        foreach (int number in _touched.AsSpan(0, _count))
        {
            double score = (_text[number] * perText) + _taxonomy[number];
            if (score >= least && items.Item(number) is { } item)
            {
                double area = weights.Areas > 0 ? weights.Areas * AreaKeys.Served(asked.Areas, item.Areas) : 0;
                best.Add(new Candidate(item, score + area, query.Attainable > 0 ? _text[number] / query.Attainable : 0));
            }
            _text[number] = _taxonomy[number] = 0;
        }
        _count = 0;
        Sort(CollectionsMarshal.AsSpan(best));
        return best;
    }

    /// <summary>The best first; ties go by id.</summary>
    private static void Sort(Span<Candidate> candidates)
    {
        double[] worse = new double[candidates.Length]; // numbers alone are put in order much faster than by a rule
        for (int at = 0; at < worse.Length; at++) worse[at] = -candidates[at].Score;
        worse.AsSpan().Sort(candidates);
        for (int from = 0, to; from < worse.Length; from = to)
        {
            to = from + 1;
            while (to < worse.Length && worse[to].Equals(worse[from])) to++;
            if (to - from > 1) candidates[from..to].Sort(static (left, right) => string.CompareOrdinal(left.Item.Id, right.Item.Id));
        }
    }

    /// <summary>The score, without areas, of the last of the best so many.</summary>
    private double LeastOfBest(double perText, int atLeast)
    {
        if (_count <= atLeast) return 0;
        var heap = new PriorityQueue<double, double>(atLeast + 1);
        double least = 0;
        foreach (int number in _touched.AsSpan(0, _count))
        {
            double score = (_text[number] * perText) + _taxonomy[number];
            if (heap.Count == atLeast && score <= least) continue;
            if (heap.Count < atLeast) heap.Enqueue(score, score);
            else heap.DequeueEnqueue(score, score);
            least = heap.Peek();
        }
        return least;
    }
}
