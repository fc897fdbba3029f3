namespace Ecosystem.Matching.Profiles;

/// <summary>
/// All items of one kind, findable by words, themes and modalities. Changing one costs what that one item holds, whatever else is there; readers
/// run beside each other and see each change whole.
/// </summary>
internal sealed class ItemIndex(ContextSpace context) : IDisposable
{
    private const string ThemeMark = "\u0001";
    private const string ModalityMark = "\u0002";

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Item?> _items = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<string, Postings> _postings = new(StringComparer.Ordinal);

    /// <summary>Terms read backwards, to find compounds by what they end in.</summary>
    private readonly SortedSet<string> _backwards = new(StringComparer.Ordinal);

    private readonly Spellings _spellings = new();

    private readonly WordsOfItems _words = new();

    private ContextSpace Context => context;

    public int Count
    {
        get
        {
            using Reading reading = Read();
            return _numbers.Count;
        }
    }

    public Item? Find(string id)
    {
        using Reading reading = Read();
        return _numbers.TryGetValue(id, out int number) ? _items[number] : null;
    }

    public IReadOnlyList<Item> All()
    {
        using Reading reading = Read();
        return [.. _items.OfType<Item>()];
    }

    /// <summary>The words by which an item of this index is found.</summary>
    public IReadOnlyList<FoundWord> WordsOf(Item item) => _words.Of(item);

    public void Put(Item item)
    {
        // Words are cut and stemmed before anybody has to wait.
        List<(string Term, float Weight)> entries = EntriesOf(item);
        Item? known = Find(item.Id);
        List<(string Term, float Weight)> before = known is null ? [] : EntriesOf(known);
        _gate.EnterWriteLock();
        try
        {
            if (_numbers.TryGetValue(item.Id, out int number)) TakeOut(number, before);
            else number = Place(item.Id);
            _items[number] = item;
            foreach ((string term, float weight) in entries) PostingsOf(term).Add(number, weight);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
        context.Change(item.Id, WordsOf(before), WordsOf(entries));
        if (known is not null) _words.Forget(known);
    }

    public void Remove(string id)
    {
        if (Find(id) is not { } known) return;
        List<(string Term, float Weight)> entries = EntriesOf(known);
        _gate.EnterWriteLock();
        try
        {
            if (!_numbers.Remove(id, out int number)) return;
            TakeOut(number, entries);
            _items[number] = null;
            _free.Push(number);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
        context.Change(id, WordsOf(entries), has: []);
        _words.Forget(known);
    }

    /// <summary>A view that no change disturbs; dispose it soon.</summary>
    public Reading Read()
    {
        _gate.EnterReadLock();
        return new Reading(this);
    }

    public void Dispose() => _gate.Dispose();

    private static List<(string Term, float Weight)> EntriesOf(Item item)
    {
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (FoundWord word in Words.FoundBy(item)) weights[word.Term] = weights.GetValueOrDefault(word.Term) + (float)word.Weight;
        foreach (string theme in item.Themes) weights[ThemeMark + theme] = 1;
        foreach (string modality in item.Modalities) weights[ModalityMark + modality] = 1;
        return [.. weights.Select(entry => (entry.Key, entry.Value))];
    }

    private static IEnumerable<string> WordsOf(IEnumerable<(string Term, float Weight)> entries) => entries.Select(entry => entry.Term).Where(IsWord);

    private static bool IsWord(string term) => term[0] > '\u0002';

    private int Place(string id)
    {
        int number = _free.Count > 0 ? _free.Pop() : _items.Count;
        if (number == _items.Count) _items.Add(null);
        _numbers.Add(id, number);
        return number;
    }

    private void TakeOut(int number, List<(string Term, float Weight)> entries)
    {
        foreach ((string term, _) in entries)
        {
            Postings postings = _postings[term];
            postings.Remove(number);
            if (postings.Count > 0) continue;
            _postings.Remove(term);
            if (!IsWord(term)) continue;
            _backwards.Remove(Backwards(term));
            _spellings.Remove(term);
        }
    }

    private Postings PostingsOf(string term)
    {
        if (_postings.TryGetValue(term, out Postings? postings)) return postings;
        if (IsWord(term))
        {
            _backwards.Add(Backwards(term));
            _spellings.Add(term);
        }
        return _postings[term] = new Postings();
    }

    private static string Backwards(string term) => string.Create(term.Length, term, static (letters, from) =>
    {
        from.CopyTo(letters);
        letters.Reverse();
    });

    /// <summary>Looks into the index while nobody changes it.</summary>
    internal sealed class Reading(ItemIndex index) : IDisposable
    {
        private const int ShortestHead = 5;
        private const int ShortestModifier = 3;
        private const int MostCompounds = 32;

        public int Count => index._numbers.Count;

        /// <summary>Numbers of items are below this.</summary>
        public int Size => index._items.Count;

        public Item? Item(int number) => index._items[number];

        public Postings? WithTerm(string term) => index._postings.GetValueOrDefault(term);

        public Postings? WithTheme(string theme) => WithTerm(ThemeMark + theme);

        public Postings? WithModality(string modality) => WithTerm(ModalityMark + modality);

        /// <summary>German compounds that end in a term are a kind of it: "Krankenversicherung" for "Versicherung".</summary>
        public IEnumerable<string> CompoundsOf(string term)
        {
            if (term.Length < ShortestHead) return [];
            string from = Backwards(term);
            return index._backwards.GetViewBetween(from, from + char.MaxValue)
                .Where(word => word.Length - term.Length >= ShortestModifier).Take(MostCompounds).Select(Backwards);
        }

        /// <summary>Terms spelled almost like this one, the most similar first.</summary>
        public IEnumerable<(string Term, double Similarity)> SpelledLike(string term, int most) => index._spellings.Like(term, most);

        /// <summary>Terms that stand in the same company as what is asked for, in items of any kind.</summary>
        public IReadOnlyList<ContextTerm> InContextOf(IReadOnlyCollection<(string Term, double Weight)> asked, int most) => index.Context.Near(asked, most);

        public void Dispose() => index._gate.ExitReadLock();
    }
}
