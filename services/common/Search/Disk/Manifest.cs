using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ecosystem.Search;

/// <summary>A segment's file as the manifest knows it.</summary>
internal sealed record SavedSegment(string File, long Length, uint Sum, int[] Deleted);

/// <summary>Says which files make up the index, what was deleted from them, and how far in the feed of changes it has come, and the mark of the save.</summary>
internal sealed record Manifest(string Identity, long Position, string Mark, IReadOnlyList<SavedSegment> Segments)
{
    private const string Format = "ecosystem-search-2";

    internal byte[] Write()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(Identity);
            writer.Write(Position);
            writer.Write(Mark);
            writer.Write(Segments.Count);
            foreach (SavedSegment segment in Segments)
            {
                writer.Write(segment.File);
                writer.Write(segment.Length);
                writer.Write(segment.Sum);
                writer.Write(segment.Deleted.Length);
                foreach (int document in segment.Deleted) writer.Write(document);
            }
        }
        byte[] sum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, Checksum.Add(0, bytes.ToArray()));
        bytes.Write(sum);
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">It is damaged or of another format.</exception>
    internal static Manifest Read(byte[] bytes)
    {
        if (bytes.Length < sizeof(uint)) throw new InvalidDataException("the manifest is cut off");
        ReadOnlySpan<byte> content = bytes.AsSpan(0, bytes.Length - sizeof(uint));
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(content.Length)) != Checksum.Add(0, content))
            throw new InvalidDataException("the manifest does not have the checksum it should have");
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        string format = reader.ReadString();
        if (format != Format) throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it is of the format '{format}', and '{Format}' is read"));
        string identity = reader.ReadString();
        long position = reader.ReadInt64();
        string mark = reader.ReadString();
        var segments = new SavedSegment[reader.ReadInt32()];
        for (int index = 0; index < segments.Length; index++)
        {
            (string file, long length, uint sum) = (reader.ReadString(), reader.ReadInt64(), reader.ReadUInt32());
            int[] deleted = new int[reader.ReadInt32()];
            for (int number = 0; number < deleted.Length; number++) deleted[number] = reader.ReadInt32();
            segments[index] = new SavedSegment(file, length, sum, deleted);
        }
        return new Manifest(identity, position, mark, segments);
    }
}
