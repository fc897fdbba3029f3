using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Matching.V1;
using Ecosystem.Testing;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Matching.Tests.Alliance;

/// <summary>The whole service on loopback with a store of its own. The catalogue is played by the tests, through the sidecar's door.</summary>
public sealed class MatchingHost : IAsyncLifetime
{
    private const string SidecarToken = "sidecar-of-the-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("matching-").FullName;
    private readonly List<IDisposable> _open = [];
    private WebApplicationFactory<Program> _factory = null!;
    private Uri _http = null!;
    private Uri _grpc = null!;
    private int _events;

    public Task InitializeAsync()
    {
        Start();
        return Task.CompletedTask;
    }

    /// <summary>Ends the service and starts another one over the same store.</summary>
    public async Task RestartAsync()
    {
        await _factory.DisposeAsync();
        await Eventually.True(StoreIsFree, "the ended service has let go of its store");
        Start();
    }

    /// <summary>Something of the running service.</summary>
    internal T Service<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public async Task DisposeAsync()
    {
        _open.ForEach(client => client.Dispose());
        await _factory.DisposeAsync();
        await Eventually.True(StoreIsFree, "the ended service has let go of its store");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The catalogue tells of a data asset; answers what the sidecar is told.</summary>
    public Task<string> HearOfAsync(DataAsset asset, long version = 1, string? eventId = null) =>
        DeliverAsync(new DataAssetPublished { DataAsset = asset, Version = version }, asset.Id, eventId);

    /// <summary>The catalogue tells of new terms of a data asset.</summary>
    public Task<string> HearOfOfferAsync(DataAsset asset, long version, string? eventId = null) =>
        DeliverAsync(new OfferAttached { DataAsset = asset, Version = version }, asset.Id, eventId);

    /// <summary>The catalogue tells of a competence.</summary>
    public Task<string> HearOfAsync(Competence competence, long version = 1, string? eventId = null) =>
        DeliverAsync(new CompetencePublished { Competence = competence, Version = version }, competence.Id, eventId);

    /// <summary>The catalogue tells of a solution.</summary>
    public Task<string> HearOfAsync(Solution solution, long version = 1) =>
        DeliverAsync(new SolutionPublished { Solution = solution, Version = version }, solution.Id, id: null);

    /// <summary>The catalogue tells that a solution is gone.</summary>
    public Task<string> HearOfRemovalAsync(Solution solution, long version) =>
        DeliverAsync(new SolutionRemoved { Solution = solution, Version = version }, solution.Id, id: null);

    /// <summary>The gRPC door. Pass <see cref="As"/> with each call.</summary>
    public ProposalService.ProposalServiceClient Grpc() => Client(channel => new ProposalService.ProposalServiceClient(channel));

    /// <summary>A client of any contract of the service.</summary>
    public T Client<T>(Func<ChannelBase, T> create)
    {
        GrpcChannel channel = GrpcChannel.ForAddress(_grpc);
        _open.Add(channel);
        return create(channel);
    }

    /// <summary>The headers of a caller with this realm role.</summary>
    public static Metadata As(string role, string organisation = "klinikum-beispiel") =>
        new() { { "authorization", $"Bearer {TestTokens.Of(role, organisation)}" } };

    public HttpClient Rest(string? role = "analyst")
    {
        var client = new HttpClient { BaseAddress = _http };
        client.DefaultRequestHeaders.Authorization = role is null ? null : new AuthenticationHeaderValue("Bearer", TestTokens.Of(role));
        _open.Add(client);
        return client;
    }

    /// <summary>The door that only the sidecar may use.</summary>
    public HttpClient Sidecar()
    {
        HttpClient client = Rest(role: null);
        client.DefaultRequestHeaders.Add("dapr-api-token", SidecarToken);
        return client;
    }

    private async Task<string> DeliverAsync(IMessage @event, string subject, string? id)
    {
        string type = @event.Descriptor.FullName;
        var envelope = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id ?? string.Create(CultureInfo.InvariantCulture, $"event-{++_events}"),
            ["source"] = "/ecosystem/ruhr/catalog",
            ["type"] = type,
            ["subject"] = subject,
            ["datacontenttype"] = "application/json",
            ["data"] = JsonNode.Parse(JsonFormatter.Default.Format(@event)),
        };
        using var content = new StringContent(envelope.ToJsonString(), Encoding.UTF8, "application/cloudevents+json");
        HttpResponseMessage answer = await Sidecar().PostAsync($"/events/{type}", content);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!;
    }

    /// <summary>The factory's host is disposed by the entry point too, which may still be at it when the factory returns.</summary>
    private bool StoreIsFree()
    {
        using FileStream ownership = File.Open(Path.Combine(_folder, "matching.db.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        return true;
    }

    private void Start()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Production");
            host.UseSetting("Kestrel:Endpoints:http:Url", "http://127.0.0.1:0");
            host.UseSetting("Kestrel:Endpoints:grpc:Url", "http://127.0.0.1:0");
            host.UseSetting("Storage:Path", Path.Combine(_folder, "matching.db"));
            host.UseSetting("APP_API_TOKEN", SidecarToken);
            host.UseSetting("Matching:LearnEvery", "00:00:00"); // tests that want the schedule run it by their own clock
            host.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            host.ConfigureServices(TestTokens.Accept);
        });
        _factory.UseKestrel();
        _factory.StartServer();
        Uri[] addresses = [.. _factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

        // Kestrel takes its endpoints in the order of their names.
        (_grpc, _http) = (addresses[0], addresses[1]);
    }
}
