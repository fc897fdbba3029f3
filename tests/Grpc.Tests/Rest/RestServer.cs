using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Rest;

/// <summary>The services of the tests behind their REST door.</summary>
public abstract class RestServer : IAsyncLifetime
{
    internal EchoServer Server { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await EchoServer.StartAsync(
            o => o.MaxReceiveMessageSize = 64 * 1024,
            services => services.AddGrpc().AddJsonTranscoding(),
            app => app.MapGrpcService<LibraryService>());
        Http = Server.Http();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    protected static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    protected async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Http.GetAsync(path));

    protected async Task<JsonElement> PostAsync(string path, string json) => await ReadAsync(await Http.PostAsync(path, Json(json)));

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal(new MediaTypeHeaderValue("application/json"), response.Content.Headers.ContentType);
        return JsonDocument.Parse(text).RootElement;
    }

    protected static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    protected static (string Field, string Problem) Violation(JsonElement problem)
    {
        var violation = Assert.Single(problem.GetProperty("violations").EnumerateArray());
        return (violation.GetProperty("field").GetString()!, violation.GetProperty("problem").GetString()!);
    }
}
