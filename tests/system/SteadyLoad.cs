using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.AppHost.Demo;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.SystemTests;

/// <summary>People who read and write at a steady pace over REST and gRPC, and remember every answer that was none.</summary>
internal sealed class SteadyLoad(HttpClient rest, HttpClient analyst, CompetenceService.CompetenceServiceClient grpc)
{
    private const string Research = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private long _answered;

    /// <summary>What was not answered, or answered with a fault of the system.</summary>
    public ConcurrentQueue<string> Failed { get; } = [];

    /// <summary>Competences whose registration was acknowledged.</summary>
    public ConcurrentQueue<string> Competences { get; } = [];

    /// <summary>Agreements whose request was acknowledged.</summary>
    public ConcurrentQueue<string> Agreements { get; } = [];

    public long Answered => Interlocked.Read(ref _answered);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        RepeatAsync(RegisterAsync, stop),
        RepeatAsync(AskForDataAsync, stop),
        RepeatAsync(() => ReadAsync(rest, "/catalog/v1/data-assets:search?query=Bochum"), stop),
        RepeatAsync(() => ReadAsync(analyst, "/policy/v1/agreements"), stop),
        RepeatAsync(() => ReadAsync(rest, $"/matching/v1/competences/{Competences.FirstOrDefault()}/proposals?purpose=https://w3id.org/dpv%23ScientificResearch", HttpStatusCode.NotFound), stop),
        RepeatAsync(CallAsync, stop));

    private static async Task RepeatAsync(Func<Task> act, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!stop.IsCancellationRequested)
        {
            await act();
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task RegisterAsync()
    {
        if (await PostAsync(rest, "/catalog/v1/competences", JsonSerializer.Serialize(Traffic.Example())) is { } id)
        {
            Competences.Enqueue(id);
        }
    }

    private async Task AskForDataAsync()
    {
        if (await PostAsync(rest, "/catalog/v1/data-assets", JsonFormatter.Default.Format(Examples.ChestXRays(TimeProvider.System))) is not { } asset
            || await PostAsync(rest, $"/catalog/v1/data-assets/{asset}:attachOffer", JsonSerializer.Serialize(new { policyJson = Examples.ResearchOnlyOffer() })) is null)
        {
            return;
        }

        // Until the news of the asset has reached the policy service, a refusal is the right answer; but it must be an answer.
        var request = JsonFormatter.Default.Format(Examples.Request(new() { Id = asset }, Research, TimeProvider.System));
        using var pace = new PeriodicTimer(Pace);
        for (var patience = 0; patience < 1000; patience++)
        {
            var failures = Failed.Count;
            if (await PostAsync(analyst, "/policy/v1/agreements", request, mayBeRefused: true) is { } agreement)
            {
                Agreements.Enqueue(agreement);
                return;
            }

            if (Failed.Count > failures)
            {
                return;
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        Failed.Enqueue($"the news of the data asset {asset} never reached the policy service");
    }

    private Task<string?> ReadAsync(HttpClient http, string address, HttpStatusCode? alsoGood = null) =>
        RecordAsync("GET " + address, async () =>
        {
            using var answer = await http.GetAsync(address, CancellationToken.None);
            return answer.IsSuccessStatusCode || answer.StatusCode == alsoGood ? "" : throw new HttpRequestException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        });

    private Task<string?> PostAsync(HttpClient http, string address, string body, bool mayBeRefused = false) =>
        RecordAsync("POST " + address, async () =>
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(address, content, CancellationToken.None);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()
                : mayBeRefused && answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Conflict ? null
                : throw new HttpRequestException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        });

    private Task<string?> CallAsync() => RecordAsync("ListCompetences over gRPC", async () =>
    {
        await grpc.ListCompetencesAsync(new ListCompetencesRequest { PageSize = 1 }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(2));
        return "";
    });

    private async Task<string?> RecordAsync(string what, Func<Task<string?>> act)
    {
        var began = TimeProvider.System.GetUtcNow();
        try
        {
            var outcome = await act();
            Interlocked.Increment(ref _answered);
            return outcome;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException or RpcException)
        {
            Failed.Enqueue($"{began:HH:mm:ss.fff} {what}: {failure.Message}");
            return null;
        }
    }
}
