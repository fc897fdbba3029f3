using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ecosystem.Storage;

/// <summary>
/// A page token names the place after which the next page begins (keyset paging: stable while documents come and go) and
/// the query it belongs to. Opaque to callers, not secret.
/// </summary>
internal static class PageToken
{
    private sealed record Content(string Query, string Id, string? Text, long? Integer, double? Real);

    public static string Write<T>(DocumentQuery<T> query, QueryPosition last) where T : class =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
            new Content(Fingerprint(query), last.Id, last.Value as string, last.Value as long?, last.Value as double?)));

    public static QueryPosition? Read<T>(DocumentQuery<T> query) where T : class
    {
        if (string.IsNullOrEmpty(query.PageToken))
            return null;

        try
        {
            var content = JsonSerializer.Deserialize<Content>(Base64Url.DecodeFromChars(query.PageToken));
            if (content is { Id: not null } && content.Query == Fingerprint(query))
                return new QueryPosition((object?)content.Text ?? (object?)content.Integer ?? content.Real, content.Id);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw new PageTokenException(malformed);
        }

        throw new PageTokenException();
    }

    private static string Fingerprint<T>(DocumentQuery<T> query) where T : class
    {
        var text = new StringBuilder(query.Type.Name).Append('\n').Append(query.Order?.Name).Append(query.IsDescending ? '-' : '+');
        foreach (var filter in query.Filters)
        {
            text.Append('\n').Append(filter.Index.Name).Append(filter switch
            {
                DocumentFilter.AnyOf any => " in " + JsonSerializer.Serialize(any.Values.OrderBy(Plain, StringComparer.Ordinal)),
                DocumentFilter.Range range => " from " + JsonSerializer.Serialize(new[] { range.From, range.Before }),
                _ => throw new NotSupportedException(filter.GetType().Name),
            });
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static string Plain(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
