using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.Odrl;

namespace Ecosystem.Policy.Offers;

/// <summary>The text of a policy: its hash, and its meaning, which is read once and kept while it is in use.</summary>
internal sealed class PolicyText
{
    private const int MostKept = 4096;
    private const long MostCharacters = 16 * 1024 * 1024; // a single policy may have 262,144

    private readonly ConcurrentDictionary<string, OdrlPolicy> _read = new(StringComparer.Ordinal);
    private long _characters;

    /// <summary>How many policies are kept now.</summary>
    public int Kept => _read.Count;

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <exception cref="OdrlFormatException">The text is no policy.</exception>
    public OdrlPolicy Read(string text)
    {
        var hash = Sha256(text);
        if (_read.TryGetValue(hash, out var known))
            return known;
        var policy = OdrlReader.Parse(text);
        if (_read.Count >= MostKept || Interlocked.Add(ref _characters, text.Length) > MostCharacters)
        {
            _read.Clear();
            Interlocked.Exchange(ref _characters, text.Length);
        }

        return _read[hash] = policy;
    }
}
