using System.Buffers;

namespace Ecosystem.Matching.Profiles;

/// <summary>Finds words that are spelled almost like another one, by the share of two-letter pieces they have in common (Dice).</summary>
internal sealed class Spellings
{
    private const int ShortestWord = 5;
    private const int LongestWord = 40;
    private const double LeastSimilarity = 0.72;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, List<int>> _having = [];
    private List<string?> _words = [];

    public void Add(string word)
    {
        if (!CanBeMisspelt(word) || _numbers.ContainsKey(word)) return;
        int number = _words.Count;
        _numbers.Add(word, number);
        _words.Add(word);
        foreach (uint piece in PiecesOf(word))
        {
            if (!_having.TryGetValue(piece, out List<int>? having)) _having.Add(piece, having = []);
            having.Add(number);
        }
    }

    public void Remove(string word)
    {
        if (!_numbers.Remove(word, out int number)) return;
        _words[number] = null; // its number stays in the lists until there are more such than words
        if (_words.Count > (2 * _numbers.Count) + 1_000) Rebuild();
    }

    /// <summary>The most similar words, the most similar first; ties by the word.</summary>
    public IEnumerable<(string Word, double Similarity)> Like(string word, int most)
    {
        if (!CanBeMisspelt(word) || _words.Count == 0) return [];
        HashSet<uint> pieces = PiecesOf(word);
        int least = Math.Max(2, (int)Math.Ceiling(LeastSimilarity / (2 - LeastSimilarity) * pieces.Count));
        var enough = new List<int>();
        byte[] shared = ArrayPool<byte>.Shared.Rent(_words.Count);
        Array.Clear(shared, 0, _words.Count);
        foreach (uint piece in pieces)
        {
            if (!_having.TryGetValue(piece, out List<int>? having)) continue;
            foreach (int number in having)
            {
                if (++shared[number] == least) enough.Add(number);
            }
        }
        var similar = enough.Where(number => _words[number] is not null)
            .Select(number => (Word: _words[number]!, Similarity: 2.0 * shared[number] / (pieces.Count + PiecesOf(_words[number]!).Count)))
            .Where(one => one.Similarity >= LeastSimilarity)
            .OrderByDescending(one => one.Similarity).ThenBy(one => one.Word, StringComparer.Ordinal).Take(most).ToArray();
        ArrayPool<byte>.Shared.Return(shared);
        return similar;
    }

    /// <summary>Numbers and codes that look alike are not the same.</summary>
    private static bool CanBeMisspelt(string word) => word.Length is >= ShortestWord and <= LongestWord && word.All(char.IsLetter);

    private static HashSet<uint> PiecesOf(string word)
    {
        string padded = $" {word} ";
        var pieces = new HashSet<uint>(word.Length);
        for (int at = 0; at + 1 < padded.Length; at++) pieces.Add(((uint)padded[at] << 16) | padded[at + 1]);
        return pieces;
    }

    private void Rebuild()
    {
        string[] words = [.. _words.OfType<string>()];
        _numbers.Clear();
        _having.Clear();
        _words = new List<string?>(words.Length);
        foreach (string word in words) Add(word);
    }
}
