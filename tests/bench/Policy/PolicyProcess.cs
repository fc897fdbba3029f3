using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.Bench.Policy;

/// <summary>The policy service as it is deployed: a process of its own with its store, its ledger and its outbox.</summary>
internal sealed class PolicyProcess : IAsyncDisposable
{
    private const string SidecarToken = "bench";
    private const string DataAsset = "0197f000-0000-7000-8000-000000000001";

    private static readonly string Assembly = Path.Combine(
        Repository.Root, "services", "policy", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Ecosystem.Policy.dll");

    private readonly Process _process;
    private readonly Uri _http;
    private readonly GrpcChannel _channel;

    private PolicyProcess(Process process, Uri http, Uri grpc) => (_process, _http, _channel) = (process, http, GrpcChannel.ForAddress(grpc));

    public DecisionService.DecisionServiceClient Decisions => new(_channel);

    public static async Task<PolicyProcess> StartAsync(DirectoryInfo folder, Surroundings around)
    {
        var (http, grpc) = (new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"), new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var start = new ProcessStartInfo("dotnet", [Assembly]) { UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(Assembly) };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Logging__LogLevel__Default", "Error"), ("APP_API_TOKEN", SidecarToken),
            ("Kestrel__Endpoints__http__Url", http.ToString()), ("Kestrel__Endpoints__grpc__Url", grpc.ToString()),
            ("Keycloak__auth-server-url", around.Address), ("DAPR_HTTP_ENDPOINT", around.Address),
            ("Storage__Path", Path.Combine(folder.FullName, "policy.db")), ("Ledger__SigningKey", key.ExportPkcs8PrivateKeyPem()),
        ])
        {
            start.Environment[name] = value;
        }

        var service = new PolicyProcess(Process.Start(start)!, http, grpc);
        using var client = new HttpClient { BaseAddress = http };
        await Eventually.True(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, "the policy service answers");
        return service;
    }

    /// <summary>Goes the whole way, from the catalogue's event to the signed agreement, and returns the question to ask under it.</summary>
    public async Task<DecideRequest> AgreeAsync(Surroundings around, string policyJson, string purpose, string user)
    {
        await OfferAsync(policyJson);
        var agreements = new AgreementService.AgreementServiceClient(_channel);
        var now = TimeProvider.System.GetUtcNow();
        var request = new RequestAgreementRequest
        {
            DataAssetId = DataAsset, Question = "How fast?", Purpose = purpose, LegalBasis = "GDPR Art. 6(1)(e)",
            Period = new() { Start = now.AddMinutes(-1).ToTimestamp(), End = now.AddDays(1).ToTimestamp() },
        };
        var agreement = await agreements.RequestAgreementAsync(request, Bearer(around.Token("user", user, "analyst")));
        await agreements.ReviewAgreementAsync(
            new() { Id = agreement.Id, Verdict = ReviewAgreementRequest.Types.Verdict.Approved }, Bearer(around.Token("reviewer", "urn:org:reviewer", "reviewer")));
        await agreements.ConfirmAgreementAsync(new() { Id = agreement.Id }, Bearer(around.Token("holder", "urn:org:holder", "data-holder")));
        return new() { AgreementId = agreement.Id, DataAssetId = DataAsset, Action = "use", Purpose = purpose };
    }

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task OfferAsync(string policyJson)
    {
        var attached = new OfferAttached
        {
            Version = 1,
            DataAsset = new() { Id = DataAsset, Holder = new() { Id = "urn:org:holder", Name = "Holder" }, Offer = new() { Id = "offer", PolicyJson = policyJson } },
        };
        var type = OfferAttached.Descriptor.FullName;
        using var http = new HttpClient { BaseAddress = _http };
        using var body = new StringContent(
            $$"""{ "specversion": "1.0", "id": "1", "source": "/bench", "type": "{{type}}", "datacontenttype": "application/json", "data": {{JsonFormatter.Default.Format(attached)}} }""",
            MediaTypeHeaderValue.Parse("application/cloudevents+json"));
        body.Headers.Add("dapr-api-token", SidecarToken);
        using var reply = await http.PostAsync($"/events/{type}", body);
        reply.EnsureSuccessStatusCode();
    }
}
