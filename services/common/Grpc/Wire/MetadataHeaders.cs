using System.Buffers;
using Grpc.Core;
using Microsoft.Extensions.Primitives;

namespace Ecosystem.Grpc.Wire;

/// <summary>Metadata of the API to and from HTTP headers.</summary>
internal static class MetadataHeaders
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-.");

    /// <summary>Adds a received header, unless it belongs to the protocol itself.</summary>
    public static void AddReceived(Metadata metadata, string name, StringValues values)
    {
        if (IsReserved(name))
        {
            return;
        }

        foreach (var value in values)
        {
            AddReceived(metadata, name, value ?? "");
        }
    }

    /// <summary>Adds a received header, unless it belongs to the protocol itself.</summary>
    public static void AddReceived(Metadata metadata, string name, string value)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(name, value);
            return;
        }

        // Several binary values of one name may arrive as one, separated by commas.
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (BinaryHeaders.TryDecode(part) is { } bytes)
            {
                metadata.Add(name, bytes);
            }
        }
    }

    /// <summary>The value of an entry as it travels.</summary>
    public static string Encode(Metadata.Entry entry) => entry.IsBinary ? BinaryHeaders.Encode(entry.ValueBytes) : entry.Value;

    /// <summary>Whether a name cannot be used for metadata of a call.</summary>
    public static bool IsReserved(string name) =>
        name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters)
        || name.Equals("te", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals(GrpcHeaders.Timeout, StringComparison.OrdinalIgnoreCase)
        || name.Equals(GrpcHeaders.Status, StringComparison.OrdinalIgnoreCase)
        || name.Equals(GrpcHeaders.Message, StringComparison.OrdinalIgnoreCase);
}
