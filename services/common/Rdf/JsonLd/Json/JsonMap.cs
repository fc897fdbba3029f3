using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rdf.JsonLd;

/// <summary>An object whose entries keep their order.</summary>
internal sealed class JsonMap(int offset) : JsonItem(offset), IEnumerable<KeyValuePair<string, JsonItem>>
{
    private readonly OrderedDictionary<string, JsonItem> _entries = [];

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The entry, or null. Setting replaces it where it stands.</summary>
    [DisallowNull]
    public JsonItem? this[string key]
    {
        get => _entries.GetValueOrDefault(key);
        set => _entries[key] = value;
    }

    public bool Has(string key) => _entries.ContainsKey(key);

    public void Remove(string key) => _entries.Remove(key);

    /// <summary>Adds a value, or every member of an array, to the array of this entry.</summary>
    public void Append(string key, JsonItem value)
    {
        if (_entries.GetValueOrDefault(key) is JsonArray known)
        {
            known.AddFlat(value);
            return;
        }

        var values = new JsonArray(value.Offset);
        if (_entries.GetValueOrDefault(key) is { } single)
        {
            values.Add(single);
        }

        values.AddFlat(value);
        _entries[key] = values;
    }

    public IEnumerator<KeyValuePair<string, JsonItem>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
