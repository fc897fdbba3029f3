namespace Ecosystem.Grpc.Wire;

/// <summary>Values of <c>-bin</c> headers: base64, written without padding, read with or without.</summary>
internal static class BinaryHeaders
{
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    /// <summary>The bytes, or null when the value is not base64.</summary>
    public static byte[]? TryDecode(string value)
    {
        var trimmed = value.TrimEnd('=');
        var padded = trimmed.PadRight((trimmed.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }
}
