using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.Odrl;

namespace Ecosystem.Policy.Offers;

/// <summary>The text of a policy: its hash, and its meaning, which is read once and kept while it is in use.</summary>
internal sealed class PolicyText
{
    private const int MostKept = 4096;

    private readonly ConcurrentDictionary<string, OdrlPolicy> _read = new(StringComparer.Ordinal);

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <exception cref="OdrlFormatException">The text is no policy.</exception>
    public OdrlPolicy Read(string text)
    {
        var hash = Sha256(text);
        if (_read.TryGetValue(hash, out var known))
            return known;
        if (_read.Count >= MostKept)
            _read.Clear();
        return _read[hash] = OdrlReader.Parse(text);
    }
}
