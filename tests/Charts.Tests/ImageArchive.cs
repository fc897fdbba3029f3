using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecosystem.Charts.Tests;

/// <summary>An image archive (OCI image layout as a tar file) with a stand-in for the base image, as the SDK writes it; and what is in one.</summary>
internal sealed class ImageArchive
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public static string[] Processors { get; } = ["amd64", "arm64"];

    public IEnumerable<string> Names => _files.Keys;

    public JsonNode Index => Read(Parse(_files["index.json"])["manifests"]![0]!);

    /// <summary>The service as it is packed at a time, its files in this order.</summary>
    public static byte[] Packed(DateTimeOffset time, IEnumerable<(string Name, string? Content)> files)
    {
        var archive = new ImageArchive();
        var basis = archive.Add(Gzip(Tar(DateTimeOffset.UnixEpoch, [("etc/stand-in", "base")])), "application/vnd.oci.image.layer.v1.tar+gzip");
        var manifests = new JsonArray();
        foreach (var processor in Processors)
        {
            var service = Tar(time, files.Append(("app/processor", processor)));
            var config = new JsonObject
            {
                ["architecture"] = processor,
                ["created"] = time.ToString("O"),
                ["rootfs"] = new JsonObject { ["diff_ids"] = new JsonArray("sha256:of-the-base", DigestOf(service)) },
                ["history"] = new JsonArray(
                    new JsonObject { ["created_by"] = "COPY" },
                    new JsonObject { ["created_by"] = "ENV", ["empty_layer"] = true },
                    new JsonObject { ["author"] = ".NET SDK", ["created"] = time.ToString("O") }),
            };
            var manifest = new JsonObject
            {
                ["config"] = archive.Add(Encoding.UTF8.GetBytes(config.ToJsonString()), "application/vnd.oci.image.config.v1+json"),
                ["layers"] = new JsonArray(basis.DeepClone(), archive.Add(Gzip(service), "application/vnd.oci.image.layer.v1.tar+gzip")),
            };
            manifests.Add((JsonNode)archive.Add(Encoding.UTF8.GetBytes(manifest.ToJsonString()), Manifest));
        }

        var index = new JsonObject { ["manifests"] = manifests };
        archive._files["oci-layout"] = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();
        archive._files["index.json"] = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["manifests"] = new JsonArray(archive.Add(Encoding.UTF8.GetBytes(index.ToJsonString()), "application/vnd.oci.image.index.v1+json")),
        }.ToJsonString());
        return Tar(time, archive._files.Select(file => (file.Key, (byte[]?)file.Value)));
    }

    /// <summary>Reads an archive. Each blob is what its name says.</summary>
    public static ImageArchive Of(byte[] tar)
    {
        var archive = new ImageArchive();
        foreach (var entry in EntriesOf(tar))
            archive._files[entry.Name] = Content(entry);
        Assert.All(archive._files.Where(file => file.Key.StartsWith("blobs/", StringComparison.Ordinal)), file => Assert.Equal(PlaceOf(DigestOf(file.Value)), file.Key));
        return archive;
    }

    public JsonNode Read(JsonNode descriptor) => Parse(Blob(descriptor));

    /// <summary>A layer as it is unpacked.</summary>
    public byte[] Layer(JsonNode descriptor)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(Blob(descriptor)), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    public static List<TarEntry> EntriesOf(byte[] tar)
    {
        var entries = new List<TarEntry>();
        using var reader = new TarReader(new MemoryStream(tar));
        while (reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }

    public static string DigestOf(byte[] blob) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(blob))}";

    public static byte[] Content(TarEntry entry)
    {
        using var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        return content.ToArray();
    }

    private static JsonNode Parse(byte[] json) => JsonNode.Parse(json)!;

    private static string PlaceOf(string digest) => $"blobs/{digest.Replace(':', '/')}";

    private static byte[] Tar(DateTimeOffset time, IEnumerable<(string Name, string? Content)> files) =>
        Tar(time, files.Select(file => (file.Name, file.Content is null ? null : Encoding.UTF8.GetBytes(file.Content))));

    private static byte[] Tar(DateTimeOffset time, IEnumerable<(string Name, byte[]? Content)> files)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = new PaxTarEntry(content is null ? TarEntryType.Directory : TarEntryType.RegularFile, name) { ModificationTime = time };
                if (content is not null)
                    entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
        }

        return tar.ToArray();
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }

    private byte[] Blob(JsonNode descriptor)
    {
        var blob = _files[PlaceOf(descriptor["digest"]!.GetValue<string>())];
        Assert.Equal(descriptor["size"]!.GetValue<int>(), blob.Length);
        return blob;
    }

    private JsonObject Add(byte[] blob, string mediaType)
    {
        _files[PlaceOf(DigestOf(blob))] = blob;
        return new() { ["mediaType"] = mediaType, ["digest"] = DigestOf(blob), ["size"] = blob.Length };
    }
}
