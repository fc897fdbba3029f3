using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// Gives each value of a keyword field one number for all segments, so that counts of many segments are added up by number and not by text.
/// Numbers are never given back: fields that are counted have few values.
/// </summary>
internal sealed class FacetNumbers
{
    private readonly Lock _access = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    /// <summary>The numbers of values; new ones get the next.</summary>
    internal int[] Of(string[] values)
    {
        lock (_access)
        {
            return Array.ConvertAll(values, value =>
            {
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out bool known);
                if (known) return number;
                number = _values.Count;
                _values.Add(value);
                return number;
            });
        }
    }

    internal int Count
    {
        get
        {
            lock (_access) return _values.Count;
        }
    }

    internal string this[int number]
    {
        get
        {
            lock (_access) return _values[number];
        }
    }
}
