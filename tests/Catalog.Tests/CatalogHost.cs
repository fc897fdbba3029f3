using System.Net.Http.Headers;
using Ecosystem.Catalog.V1;
using Ecosystem.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Catalog.Tests;

/// <summary>The whole service on loopback, with a store of its own and a sidecar that remembers what is published.</summary>
public class CatalogHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catalog-").FullName;
    private readonly List<IDisposable> _open = [];
    private WebApplicationFactory<Program> _factory = null!;
    private Uri _http = null!;
    private Uri _grpc = null!;

    public RecordingSidecar Sidecar { get; } = new();

    protected virtual string Environment => "Production";

    protected virtual void Configure(IWebHostBuilder host)
    {
    }

    public async Task InitializeAsync()
    {
        await Sidecar.StartAsync();
        Start();
    }

    public void Start()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(Environment);
            host.UseSetting("Kestrel:Endpoints:http:Url", "http://127.0.0.1:0");
            host.UseSetting("Kestrel:Endpoints:grpc:Url", "http://127.0.0.1:0");
            host.UseSetting("Storage:Path", Path.Combine(_folder, "catalog.db"));
            host.UseSetting("DAPR_HTTP_ENDPOINT", Sidecar.Address);
            host.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            host.UseSetting("Catalog:Probe:Enabled", "false");
            host.ConfigureServices(TestTokens.Accept);
            Configure(host);
        });
        _factory.UseKestrel();
        _factory.StartServer();
        Uri[] addresses = [.. _factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a))];
        (_grpc, _http) = (addresses[0], addresses[1]); // in the order of their names
    }

    /// <summary>Where the search index is kept.</summary>
    internal string IndexFolder => Path.Combine(_folder, "catalog.db-search");

    /// <summary>Ends the process and starts another one over the same store.</summary>
    public Task RestartAsync() => RestartAsync(_ => { });

    /// <summary>The same, and something happens to the folder of the search index in between.</summary>
    internal async Task RestartAsync(Action<string> happens)
    {
        await _factory.DisposeAsync();
        await Eventually.True(StoreIsFree, "the old process had let go of its store");
        happens(IndexFolder);
        Start();
    }

    internal T Service<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public DataAssetService.DataAssetServiceClient DataAssets(string? token = null) => new(Invoker(token));

    public CompetenceService.CompetenceServiceClient Competences(string? token = null) => new(Invoker(token));

    public SolutionService.SolutionServiceClient Solutions(string? token = null) => new(Invoker(token));

    public ReferenceProjectService.ReferenceProjectServiceClient ReferenceProjects(string? token = null) => new(Invoker(token));

    public SavedSearchService.SavedSearchServiceClient SavedSearches(string? token = null) => new(Invoker(token));

    public AreaService.AreaServiceClient Areas() => new(Invoker(token: null));

    public ParticipantService.ParticipantServiceClient Participants() => new(Invoker(token: null));

    public HttpClient Rest(string? token = null)
    {
        var client = new HttpClient { BaseAddress = _http };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _open.Add(client);
        return client;
    }

    public async Task DisposeAsync()
    {
        _open.ForEach(o => o.Dispose());
        await _factory.DisposeAsync();
        await Sidecar.DisposeAsync();
        await Eventually.True(StoreIsFree, "the process had let go of its store");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The host is disposed on the thread of its entry point, which the factory does not wait for.</summary>
    private bool StoreIsFree()
    {
        using var ownership = new FileStream(Path.Combine(_folder, "catalog.db.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        return true;
    }

    internal CallInvoker Invoker(string? token)
    {
        GrpcChannel channel = GrpcChannel.ForAddress(_grpc, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        _open.Add(channel);
        return token is null ? channel.CreateCallInvoker() : new BearerInvoker(channel.CreateCallInvoker(), token);
    }
}

/// <summary>The same on a developer's machine, where an empty catalogue is filled with examples.</summary>
public sealed class DevelopmentCatalogHost : CatalogHost
{
    protected override string Environment => "Development";
}
