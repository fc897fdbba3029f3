using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Search;

/// <summary>The last hit of a page and the snapshot it came from; opaque to callers.</summary>
internal sealed record PageToken(long Generation, double Score, string Id)
{
    private const int FingerprintBytes = 8;
    private const int HeaderBytes = FingerprintBytes + sizeof(long) + sizeof(double);

    internal string Write(SearchQuery query)
    {
        byte[] id = Encoding.UTF8.GetBytes(Id);
        byte[] bytes = new byte[HeaderBytes + id.Length];
        Fingerprint(query).CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FingerprintBytes), Generation);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(FingerprintBytes + sizeof(long)), Score);
        id.CopyTo(bytes, HeaderBytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The token a query carries; null when it asks for the first page.</summary>
    /// <exception cref="InvalidSearchQueryException">The token is not one of ours, or belongs to another query.</exception>
    internal static PageToken? Read(SearchQuery query)
    {
        if (string.IsNullOrEmpty(query.PageToken)) return null;
        if (!Base64Url.IsValid(query.PageToken)) throw Unusable("it is damaged");
        byte[] bytes = Base64Url.DecodeFromChars(query.PageToken);
        if (bytes.Length <= HeaderBytes) throw Unusable("it is damaged");
        if (!bytes.AsSpan(0, FingerprintBytes).SequenceEqual(Fingerprint(query))) throw Unusable("it belongs to another query");
        return new PageToken(
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(FingerprintBytes)),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(FingerprintBytes + sizeof(long))),
            Encoding.UTF8.GetString(bytes.AsSpan(HeaderBytes)));
    }

    private static InvalidSearchQueryException Unusable(string why) =>
        new(nameof(SearchQuery.PageToken), $"The page token cannot be used: {why}. Start again without a page token, or repeat the query that gave it.");

    private static byte[] Fingerprint(SearchQuery query)
    {
        var identity = new StringBuilder();
        identity.Append(query.Text).Append('\n').Append(query.Language).Append('\n').Append(query.Words).Append(query.TolerateTypos).Append(query.Operators)
            .Append(query.ExpandCompounds).Append(CultureInfo.InvariantCulture, $"{query.Nearness}");
        foreach (SearchFilter filter in query.Filters) identity.Append('\n').Append(filter.Identity);
        foreach ((string field, double boost) in query.Boosts.OrderBy(boost => boost.Key, StringComparer.Ordinal))
        {
            identity.Append(CultureInfo.InvariantCulture, $"\n{field}*{boost}");
        }
        return SHA256.HashData(Encoding.UTF8.GetBytes(identity.ToString()))[..FingerprintBytes];
    }
}
