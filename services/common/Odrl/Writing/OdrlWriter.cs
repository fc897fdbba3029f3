using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ecosystem.Odrl;

/// <summary>Writes policies as JSON-LD with the ODRL context. Reading what was written gives an equal policy.</summary>
public static class OdrlWriter
{
    // The text travels as JSON, never inside HTML: umlauts stay readable.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    /// <summary>Writes a policy for people and machines.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Indented JSON-LD.</returns>
    public static string Write(OdrlPolicy policy) => Encoding.UTF8.GetString(Write(policy, Indented));

    /// <summary>The SHA-256 of the policy in a fixed form: equal for policies that differ only in the way they were written.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Lower-case hex.</returns>
    public static string Fingerprint(OdrlPolicy policy) => Convert.ToHexStringLower(SHA256.HashData(Write(policy, Compact)));

    private static byte[] Write(OdrlPolicy policy, JsonWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
            new PolicyWriter(writer).Write(policy);
        return stream.ToArray();
    }
}
