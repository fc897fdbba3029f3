using System.Collections.Concurrent;

namespace Ecosystem.Matching.Profiles;

/// <summary>
/// The words of items that were looked at lately: who fits one item fits others too, and cutting and stemming texts costs more than comparing words.
/// An item never changes, its next version is another one; so what is kept is right for whoever holds the item.
/// </summary>
/// <param name="mostKept">So many words are kept, some 50 MB; past it everything is forgotten and read anew.</param>
internal sealed class WordsOfItems(int mostKept = 500_000)
{
    private readonly ConcurrentDictionary<Item, IReadOnlyList<FoundWord>> _kept = new(ReferenceEqualityComparer.Instance);
    private int _size;

    public IReadOnlyList<FoundWord> Of(Item item)
    {
        if (_kept.TryGetValue(item, out IReadOnlyList<FoundWord>? known)) return known;
        List<FoundWord> words = Words.FoundBy(item);
        if (_kept.TryAdd(item, words) && Interlocked.Add(ref _size, SizeOf(words)) > mostKept)
        {
            _kept.Clear();
            Interlocked.Exchange(ref _size, 0);
        }
        return words;
    }

    /// <summary>The item is no longer there.</summary>
    public void Forget(Item item)
    {
        if (_kept.TryRemove(item, out IReadOnlyList<FoundWord>? words)) Interlocked.Add(ref _size, -SizeOf(words));
    }

    private static int SizeOf(IReadOnlyList<FoundWord> words) => words.Count + 1;
}
