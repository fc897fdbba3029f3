using System.Text.Json;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Google.Protobuf;

namespace Ecosystem.Bench.Messaging;

/// <summary>What travels: the announcement of a data asset with a description of some size.</summary>
internal static class Sample
{
    public const int Subjects = 1000;

    private static readonly string Text = string.Concat(Enumerable.Repeat("Röntgenaufnahmen des Thorax mit Befund. ", 15));

    public static DataAsset Asset(long number) => new()
    {
        Id = $"asset-{number}",
        Title = new LocalizedText { Values = { ["de"] = "Röntgenaufnahmen", ["en"] = "Chest x-rays" } },
        Description = new LocalizedText { Values = { ["de"] = Text } },
    };

    /// <summary>The same as it leaves for the broker, for the peer.</summary>
    public static byte[] Payload() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        specversion = "1.0",
        id = "0199a1b2-0000-7000-8000-000000000000",
        source = "/ecosystem/ruhr/publisher",
        type = DataAssetPublished.Descriptor.FullName,
        subject = "asset-1",
        time = "2026-01-01T12:00:00.0000000Z",
        datacontenttype = "application/json",
        traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        topic = "catalog.data-assets",
        pubsubname = "pubsub",
        data = JsonDocument.Parse(JsonFormatter.Default.Format(new DataAssetPublished { DataAsset = Asset(1), Version = 1 })).RootElement,
    });
}
