using System.Collections;

namespace Ecosystem.Rdf.JsonLd;

internal sealed class JsonArray(int offset) : JsonItem(offset), IReadOnlyList<JsonItem>
{
    private readonly List<JsonItem> _items = [];

    public JsonArray(int offset, IEnumerable<JsonItem> items)
        : this(offset) => _items.AddRange(items);

    public int Count => _items.Count;

    public JsonItem this[int index] => _items[index];

    public void Add(JsonItem item) => _items.Add(item);

    /// <summary>Adds a value, or every member of an array.</summary>
    public void AddFlat(JsonItem item)
    {
        if (item is JsonArray many)
        {
            _items.AddRange(many._items);
        }
        else
        {
            _items.Add(item);
        }
    }

    public IEnumerator<JsonItem> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
