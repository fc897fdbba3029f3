using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Catalog.Tests.Harvest;

/// <summary>A site of somebody else on loopback: pages with ETag, and whatever else a test wants it to do.</summary>
public sealed class ForeignSite : IAsyncDisposable
{
    public const string Prefixes = """
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix hydra: <http://www.w3.org/ns/hydra/core#> .

        """;

    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new();
    private WebApplication _app = null!;

    public string Address => _app.Urls.Single();

    /// <summary>Every request: path, agent.</summary>
    public ConcurrentQueue<(string Path, string Agent)> Requests { get; } = new();

    public static async Task<ForeignSite> StartAsync()
    {
        var site = new ForeignSite();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(o => o.Limits.MinResponseDataRate = null);
        site._app = builder.Build();
        site._app.Urls.Add("http://127.0.0.1:0");
        site._app.Run(site.AnswerAsync);
        await site._app.StartAsync();
        return site;
    }

    public static string Dataset(string name, string title) => $"""
        <https://foreign.example.org/{name}> a dcat:Dataset ; dct:title "{title}"@de ; dct:description "Aus einem anderen Katalog."@de ;
          dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
          dcat:theme <http://publications.europa.eu/resource/authority/data-theme/HEAL> ;
          dcat:distribution <https://foreign.example.org/{name}#1> .
        <https://foreign.example.org/{name}#1> a dcat:Distribution ; dcat:accessURL <https://foreign.example.org/data/{name}> .

        """;

    public void Page(string path, string turtle, string? next = null, string type = "text/turtle") => _pages[path] = async context =>
    {
        string etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(turtle)))}\"";
        context.Response.Headers.ETag = etag;
        if (next is not null)
        {
            context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = type;
        await context.Response.WriteAsync(turtle);
    };

    public void Answer(string path, RequestDelegate answer) => _pages[path] = answer;

    public void Redirect(string path, string target) => Answer(path, context =>
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue((context.Request.Path, context.Request.Headers.UserAgent.ToString()));
        if (_pages.TryGetValue(context.Request.Path, out RequestDelegate? answer))
        {
            await answer(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
