using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Ecosystem.Policy.V1.TermsTemplate.Types;

namespace Ecosystem.Gateway.Tests;

/// <summary>Two templates, as the policy service would answer.</summary>
internal sealed class TermsBackend : TermsService.TermsServiceBase, IAsyncDisposable
{
    private WebApplication _app = null!;

    public string Grpc => _app.Urls.Single();

    public static async Task<TermsBackend> StartAsync()
    {
        var backend = new TermsBackend();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(backend).AddGrpc();
        backend._app = builder.Build();
        backend._app.MapGrpcService<TermsBackend>();
        await backend._app.StartAsync();
        return backend;
    }

    public override Task<ListTermsTemplatesResponse> ListTermsTemplates(ListTermsTemplatesRequest request, ServerCallContext context) => Task.FromResult(new ListTermsTemplatesResponse
    {
        Templates =
        {
            new TermsTemplate
            {
                Id = "research", Title = Text("Forschung", "Research"), Enforcement = Enforcement.Decided,
                Questions = { Question("purpose", "purpose", "urn:any"), Question("until", "date", "2028-12-31T00:00:00Z"), Question("often", "number", "100") },
            },
            new TermsTemplate { Id = "place", UsageClass = 5, Title = Text("Nur an einem Ort", "One place only"), Enforcement = Enforcement.Connector, Questions = { Question("value", "iri", "urn:place") } },
        },
    });

    public override Task<Terms> FillTermsTemplate(FillTermsTemplateRequest request, ServerCallContext context)
    {
        if (request.Answers.TryGetValue("often", out var often) && !int.TryParse(often, out _))
            throw RichStatus.InvalidArgument("Some answers are missing or not understood.", ("answers[often]", "Answer with a number."));
        return Task.FromResult(new Terms
        {
            PolicyJson = """{ "uid": "<urn:made>" }""",
            Text = { Text($"Erlaubt bis {request.Answers.GetValueOrDefault("until")}.", $"Permitted until {request.Answers.GetValueOrDefault("until")}.") },
            Usable = true,
            Stated = { new Condition { Sentence = Text("der Ort ist Teil von „X“", "the place is part of 'X'") } },
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static TermsQuestion Question(string id, string kind, string example) => new() { Id = id, Kind = kind, Example = example, Text = Text($"Frage {id}?", $"Question {id}?") };

    private static LocalizedText Text(string german, string english) => new() { Values = { ["de"] = german, ["en"] = english } };
}
