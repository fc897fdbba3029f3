using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.ServiceDefaults.Tests;

public sealed class ResilienceTests : IAsyncLifetime
{
    private readonly Queue<HttpStatusCode> _answers = new();
    private WebApplication _backend = null!;
    private WebApplication _service = null!;
    private int _requests;

    public async Task InitializeAsync()
    {
        var backend = WebApplication.CreateBuilder();
        backend.Logging.ClearProviders();
        _backend = backend.Build();
        _backend.Urls.Add("http://127.0.0.1:0");
        _backend.Run(context =>
        {
            _requests++;
            context.Response.StatusCode = (int)(_answers.TryDequeue(out var answer) ? answer : HttpStatusCode.OK);
            return Task.CompletedTask;
        });
        await _backend.StartAsync();

        var service = WebApplication.CreateBuilder();
        service.AddServiceDefaults();
        service.Logging.ClearProviders();
        _service = service.Build();
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task A_read_is_repeated_until_the_other_side_is_back()
    {
        _answers.Enqueue(HttpStatusCode.ServiceUnavailable);
        _answers.Enqueue(HttpStatusCode.BadGateway);

        var answer = await Client().GetAsync(_backend.Urls.Single());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(3, _requests);
    }

    [Fact]
    public async Task A_write_is_never_repeated()
    {
        _answers.Enqueue(HttpStatusCode.ServiceUnavailable);

        var answer = await Client().PostAsync(_backend.Urls.Single(), new StringContent("once"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_not_asked_for_again()
    {
        _answers.Enqueue(HttpStatusCode.Forbidden);

        var answer = await Client().GetAsync(_backend.Urls.Single());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(1, _requests);
    }

    private HttpClient Client() => _service.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
}
