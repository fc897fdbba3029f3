using System.Net;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Outgoing;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static Ecosystem.Catalog.Tests.Examples;
using State = Ecosystem.Catalog.V1.Reachability.Types.State;

namespace Ecosystem.Catalog.Tests;

/// <summary>A catalogue that may try paths on loopback, and only when a test asks it to.</summary>
public sealed class ProbingCatalogHost : CatalogHost
{
    protected override void Configure(IWebHostBuilder host)
    {
        host.UseSetting("Catalog:Probe:AllowPrivateAddresses", "true");
        host.UseSetting("Catalog:Probe:Every", "00:01:00");
    }
}

public sealed class PathTests(ProbingCatalogHost catalog) : IClassFixture<ProbingCatalogHost>
{
    [Fact]
    public async Task A_path_is_shown_as_reachable_and_when_it_falls_silent_since_when_and_why()
    {
        WebApplication connector = await ConnectorAsync(HttpStatusCode.Unauthorized);
        DataAsset asset = await RegisterAsync(connector.Urls.Single());
        Assert.Null(await ReachabilityAsync(asset));

        await catalog.Service<PathWatch>().TryDueAsync(default);
        Reachability answered = (await ReachabilityAsync(asset))!;
        Assert.Equal(State.Reachable, answered.State);

        await connector.DisposeAsync();
        Reachability silent = await catalog.Service<PathProbe>().AskAsync(asset.Distributions[0].ConnectorAddress, default);
        Assert.Equal((State.Unreachable, "Es kam keine Verbindung zustande."), (silent.State, silent.Reason.Values["de"]));
        PublishedEvent told = (await catalog.Sidecar.AboutAsync(PathDocument.IdOf(asset.Distributions[0].ConnectorAddress)))[0];
        Assert.Equal("catalog.paths", told.Topic);
        Assert.Equal(asset.Etag, (await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id })).Etag);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, State.Reachable)]
    [InlineData(HttpStatusCode.Found, State.Reachable)]
    [InlineData(HttpStatusCode.BadGateway, State.Unreachable)]
    public async Task Whoever_answers_is_reachable_unless_it_fails(HttpStatusCode status, State expected)
    {
        await using WebApplication connector = await ConnectorAsync(status);

        Assert.Equal(expected, (await catalog.Service<PathProbe>().AskAsync(connector.Urls.Single(), default)).State);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://[::ffff:127.0.0.1]:9/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://192.168.0.1/")]
    public async Task Addresses_inside_the_network_of_the_catalogue_are_never_tried(string address)
    {
        using var probe = new PathProbe(Options.Create(new ProbeOptions()), TimeProvider.System);

        Assert.Equal(State.NotTried, (await probe.AskAsync(address, default)).State);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4001:827::200e", true)]
    [InlineData("172.31.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    public void Public_addresses_are_told_from_others(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Includes(IPAddress.Parse(address)));

    [Fact]
    public async Task An_address_that_never_answers_costs_a_few_seconds_at_most()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var probe = new PathProbe(
            Options.Create(new ProbeOptions { AllowPrivateAddresses = true, Timeout = TimeSpan.FromMilliseconds(200) }), TimeProvider.System);

        Reachability found = await probe.AskAsync($"http://{listener.LocalEndpoint}/", default);

        Assert.Equal((State.Unreachable, true), (found.State, found.Reason.Values["en"].StartsWith("No answer within", StringComparison.Ordinal)));
    }

    private async Task<DataAsset> RegisterAsync(string connector)
    {
        DataAsset described = DataAsset("Weg");
        described.Distributions[0].ConnectorAddress = connector;
        return await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = described });
    }

    private async Task<Reachability?> ReachabilityAsync(DataAsset asset) =>
        (await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id })).Distributions[0].Reachability;

    private static async Task<WebApplication> ConnectorAsync(HttpStatusCode status)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        WebApplication connector = builder.Build();
        connector.Urls.Add("http://127.0.0.1:0");
        connector.Run(context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return Task.CompletedTask;
        });
        await connector.StartAsync();
        return connector;
    }
}
