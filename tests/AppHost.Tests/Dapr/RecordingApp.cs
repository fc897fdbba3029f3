using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.AppHost.Tests.Dapr;

/// <summary>An app beside a sidecar: it subscribes to what a test says, writes down what comes, and answers as a test says.</summary>
internal sealed class RecordingApp : IAsyncDisposable
{
    private WebApplication? _web;

    /// <summary>The body of GET /dapr/subscribe.</summary>
    public string Subscriptions { get; set; } = "[]";

    /// <summary>Decides the answer to a delivery; default 200 without body.</summary>
    public Func<Delivery, (int Status, string Body)> Answer { get; set; } = _ => (200, "");

    public bool Healthy { get; set; } = true;

    public ConcurrentQueue<Delivery> Deliveries { get; } = [];

    public int TimesAsked { get; private set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public IEnumerable<string> Data => Deliveries.Select(d => d.Body["data"]?.ToString() ?? "");

    public static async Task<RecordingApp> StartAsync(string subscriptions = "[]")
    {
        var app = new RecordingApp { Subscriptions = subscriptions };
        await app.ListenAsync(0);
        return app;
    }

    /// <summary>Stops listening, as a process that ended.</summary>
    public async Task StopAsync()
    {
        await _web!.StopAsync();
        await _web.DisposeAsync();
    }

    public Task ComeBackAsync() => ListenAsync(Address.Port);

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _web = builder.Build();
        _web.MapGet("/health", () => Results.StatusCode(Healthy ? 200 : 503));
        _web.MapGet("/dapr/subscribe", () =>
        {
            TimesAsked++;
            return Results.Text(Subscriptions, "application/json");
        });
        _web.MapGet("/echo/{**rest}", (HttpContext context) =>
        {
            context.Response.Headers["x-answer"] = "yes";
            return Results.Text($"{context.Request.Path}{context.Request.QueryString} for {context.Request.Headers["dapr-caller-app-id"]}", statusCode: 418);
        });
        _web.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
            var delivery = new Delivery(context.Request.Path, context.Request.ContentType ?? "", context.Request.Headers["dapr-api-token"].ToString(), body);
            Deliveries.Enqueue(delivery);
            var (status, answer) = Answer(delivery);
            return Results.Text(answer, "application/json", statusCode: status);
        });
        await _web.StartAsync();
        Address = new Uri(_web.Urls.Single());
    }
}

internal sealed record Delivery(string Path, string ContentType, string Token, JsonObject Body);
