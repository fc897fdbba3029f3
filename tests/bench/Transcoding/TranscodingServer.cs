using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecosystem.Bench.Contract;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ecosystem.Bench.Transcoding;

/// <summary>The same two endpoints twice: transcoded from a gRPC service, and written by hand.</summary>
internal static class TranscodingServer
{
    public const string Verb = "serve-transcoding";

    /// <summary>Serves until the process is stopped.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddGrpc().AddJsonTranscoding();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString);

        await using var app = builder.Build();
        app.MapGrpcService<TranscodedAssets>();
        app.MapGet("/bare/v1/assets/{id}", BareAsset.WithId);
        app.MapPost("/bare/v1/assets", (BareAsset asset) => asset);
        await app.StartAsync();
        Console.WriteLine($"listening {new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}");
        await app.WaitForShutdownAsync();
    }

    private sealed class TranscodedAssets : AssetService.AssetServiceBase
    {
        public override Task<Asset> GetAsset(GetAssetRequest request, ServerCallContext context)
        {
            var asset = BareAsset.WithId(request.Id);
            return Task.FromResult(new Asset
            {
                Id = asset.Id,
                Title = asset.Title,
                Description = asset.Description,
                Themes = { asset.Themes },
                ByteSize = asset.ByteSize,
                IsPublic = asset.IsPublic,
                CreateTime = Timestamp.FromDateTimeOffset(asset.CreateTime),
            });
        }

        public override Task<Asset> CreateAsset(CreateAssetRequest request, ServerCallContext context) => Task.FromResult(request.Asset);
    }
}

/// <summary>The message as somebody would write it by hand.</summary>
internal sealed record BareAsset(
    string Id,
    string Title,
    string Description,
    IReadOnlyList<string> Themes,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] long ByteSize,
    bool IsPublic,
    DateTimeOffset CreateTime)
{
    private static readonly DateTimeOffset Created = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    public static BareAsset WithId(string id) => new(
        id,
        "Vital signs of a cardiology ward",
        "Heart rate, blood pressure and oxygen saturation of 1,200 stays, one value a minute, pseudonymised by the holder.",
        ["cardiology", "vital-signs", "time-series", "intensive-care"],
        73_400_320,
        IsPublic: true,
        Created);
}
