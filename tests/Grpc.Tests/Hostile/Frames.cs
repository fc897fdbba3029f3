using System.Buffers.Binary;
using System.IO.Compression;
using Ecosystem.Grpc.Tests.Contracts;
using Google.Protobuf;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Frames as they should be, to be broken by the tests.</summary>
internal static class Frames
{
    public const int HeaderSize = 5;

    public static byte[] Say(string text) => Of(new EchoRequest { Text = text }.ToByteArray());

    public static byte[] Of(byte[] message, bool isCompressed = false) => [.. Header((uint)message.Length, isCompressed ? (byte)1 : (byte)0), .. message];

    public static byte[] Header(uint length, byte flag = 0)
    {
        var header = new byte[HeaderSize];
        header[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), length);
        return header;
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }
}
