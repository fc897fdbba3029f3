using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Policy.Tests;

/// <summary>A source of information that answers over HTTP as a test wants it to, and remembers what it was asked.</summary>
public sealed class StubSource : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _questions;

    private StubSource(Func<JsonElement, CancellationToken, Task<IResult>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/look-up", async (HttpRequest request) =>
        {
            var question = (await JsonDocument.ParseAsync(request.Body)).RootElement;
            Last = question;
            Interlocked.Increment(ref _questions);
            return await answer(question, request.HttpContext.RequestAborted);
        });
    }

    public string Address => $"{_app.Urls.Single()}/look-up";

    /// <summary>How often it was asked.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>What it was asked last.</summary>
    public JsonElement Last { get; private set; }

    public static Task<StubSource> AnsweringAsync(string json) => AnsweringAsync((_, _) => Task.FromResult(Results.Text(json, "application/json")));

    public static async Task<StubSource> AnsweringAsync(Func<JsonElement, CancellationToken, Task<IResult>> answer)
    {
        var source = new StubSource(answer);
        await source._app.StartAsync();
        return source;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
