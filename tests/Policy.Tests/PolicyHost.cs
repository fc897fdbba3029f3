using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Policy.Tests;

/// <summary>The whole service on loopback, with a store of its own, a clock to move and a sidecar that remembers what is published.</summary>
public sealed class PolicyHost : IAsyncLifetime
{
    private const string SidecarToken = "only-the-sidecar-knows";

    private static readonly string SigningKey = MakeKey();

    private readonly string _folder = Directory.CreateTempSubdirectory("policy-").FullName;
    private readonly List<IDisposable> _open = [];
    private WebApplicationFactory<Program> _factory = null!;
    private Uri _http = null!;
    private Uri _grpc = null!;
    private int _delivered;

    public Sidecar Sidecar { get; } = new();

    public ManualTime Time { get; } = new();

    /// <summary>A database to share with another replica, instead of an own file.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Settings beyond the usual ones.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    internal string DatabaseFile => Path.Combine(_folder, "policy.db");

    public async Task InitializeAsync()
    {
        await Sidecar.StartAsync();
        Start();
    }

    public void Start()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Production");
            host.UseSetting("Kestrel:Endpoints:http:Url", "http://127.0.0.1:0");
            host.UseSetting("Kestrel:Endpoints:grpc:Url", "http://127.0.0.1:0");
            host.UseSetting(ConnectionString is null ? "Storage:Path" : "ConnectionStrings:policy", ConnectionString ?? DatabaseFile);
            host.UseSetting("DAPR_HTTP_ENDPOINT", Sidecar.Address);
            host.UseSetting("APP_API_TOKEN", SidecarToken);
            host.UseSetting("Ledger:SigningKey", SigningKey);
            foreach (var (name, value) in Settings)
                host.UseSetting(name, value);
            host.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            host.ConfigureServices(Person.Accept);
            host.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)));
        });
        _factory.UseKestrel();
        _factory.StartServer();
        Uri[] addresses = [.. _factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
        (_grpc, _http) = (addresses[0], addresses[1]); // in the order of their names
    }

    public async Task StopAsync()
    {
        await _factory.DisposeAsync();
        if (ConnectionString is null)
            await Eventually.True(StoreIsFree, "the process had let go of its store");
    }

    internal T Service<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    internal IDocumentStore Store => Service<IDocumentStore>();

    public AgreementService.AgreementServiceClient Agreements(Person? person = null) => new(Invoker(person));

    public DecisionService.DecisionServiceClient Decisions(Person? person = null) => new(Invoker(person));

    public LedgerService.LedgerServiceClient Ledger(Person? person = null) => new(Invoker(person));

    public ConsentService.ConsentServiceClient Consents(Person person) => new(Invoker(person));

    public InformationSourceService.InformationSourceServiceClient Information(Person person) => new(Invoker(person));

    public PolicyInformationService.PolicyInformationServiceClient LookUps(Person person) => new(Invoker(person));

    public TermsService.TermsServiceClient Terms() => new(Invoker(null));

    public HttpClient Rest(Person? person = null)
    {
        var client = new HttpClient { BaseAddress = _http };
        client.DefaultRequestHeaders.Authorization = person is null ? null : new AuthenticationHeaderValue("Bearer", person.Token);
        _open.Add(client);
        return client;
    }

    /// <summary>The catalogue announces a data asset with these terms, as the sidecar delivers it.</summary>
    public async Task<string> OfferedAsync(string? policyJson, string? dataAssetId = null, long version = 1)
    {
        var asset = new DataAsset
        {
            Id = dataAssetId ?? Service<IIdSource>().Next(),
            Identifier = "urn:example:own-name",
            Holder = new() { Id = Person.Holder.Organisation, Name = "Klinikum Beispiel" },
            Offer = policyJson is null ? null : new Offer { Id = $"offer-{version}", PolicyJson = policyJson },
        };
        await DeliverAsync(new OfferAttached { DataAsset = asset, Version = version }, asset.Id);
        return asset.Id;
    }

    public async Task DisposeAsync()
    {
        _open.ForEach(open => open.Dispose());
        await StopAsync();
        await Sidecar.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DeliverAsync(IMessage @event, string subject)
    {
        var type = @event.Descriptor.FullName;
        var body = $$"""
            { "specversion": "1.0", "id": "{{Interlocked.Increment(ref _delivered)}}", "source": "/ecosystem/ruhr/catalog", "type": "{{type}}", "subject": "{{subject}}",
              "datacontenttype": "application/json", "data": {{JsonFormatter.Default.Format(@event)}} }
            """;
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/cloudevents+json"));
        content.Headers.Add("dapr-api-token", SidecarToken);
        using var reply = await Rest().PostAsync($"/events/{type}", content);
        Assert.Equal("SUCCESS", (await reply.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["status"]);
    }

    private static string MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The host is disposed on the thread of its entry point, which the factory does not wait for.</summary>
    private bool StoreIsFree()
    {
        using var ownership = new FileStream(DatabaseFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        return true;
    }

    private CallInvoker Invoker(Person? person)
    {
        var channel = GrpcChannel.ForAddress(_grpc);
        _open.Add(channel);
        return person is null ? channel.CreateCallInvoker() : new BearerInvoker(channel.CreateCallInvoker(), person.Token);
    }
}
