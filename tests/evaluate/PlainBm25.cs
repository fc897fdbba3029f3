namespace Ecosystem.Evaluate;

/// <summary>The baseline: BM25 (k1 1.2, b 0.75) over lower-case words, all fields in one, no stemming, no stop words.</summary>
internal sealed class PlainBm25
{
    private const double Saturation = 1.2;
    private const double LengthNormalization = 0.75;

    private readonly Dictionary<string, Dictionary<string, int>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lengths = new(StringComparer.Ordinal);
    private readonly double _averageLength;

    public PlainBm25(IEnumerable<(string Id, string Text)> documents)
    {
        foreach ((string id, string text) in documents)
        {
            string[] words = Words(text);
            _lengths[id] = words.Length;
            foreach (string word in words)
            {
                if (!_postings.TryGetValue(word, out Dictionary<string, int>? posting)) _postings.Add(word, posting = new(StringComparer.Ordinal));
                posting[id] = posting.GetValueOrDefault(id) + 1;
            }
        }
        _averageLength = _lengths.Values.Average();
    }

    public IEnumerable<string> Rank(string query)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string word in Words(query))
        {
            if (!_postings.TryGetValue(word, out Dictionary<string, int>? posting)) continue;
            double rarity = Math.Log(1 + ((_lengths.Count - posting.Count + 0.5) / (posting.Count + 0.5)));
            foreach ((string id, int frequency) in posting)
            {
                double length = 1 - LengthNormalization + (LengthNormalization * _lengths[id] / _averageLength);
                scores[id] = scores.GetValueOrDefault(id) + (rarity * frequency * (Saturation + 1) / (frequency + (Saturation * length)));
            }
        }
        return scores.OrderByDescending(score => score.Value).ThenBy(score => score.Key, StringComparer.Ordinal).Select(score => score.Key);
    }

    private static string[] Words(string text)
    {
        var words = new List<string>();
        int start = -1;
        for (int index = 0; index <= text.Length; index++)
        {
            bool inside = index < text.Length && char.IsLetterOrDigit(text[index]);
            if (inside && start < 0) start = index;
            if (inside || start < 0) continue;
            words.Add(text[start..index].ToLowerInvariant());
            start = -1;
        }
        return [.. words];
    }
}
