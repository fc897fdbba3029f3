using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.AppHost.Demo;
using Ecosystem.Testing;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace Ecosystem.SystemTests;

/// <summary>Any one process is killed with -9 while changes come in; what was acknowledged must be there afterwards, everywhere.</summary>
[Collection("running system")]
public sealed class KillTests(RunningSystem system)
{
    private const int Writers = 3;
    private const string Research = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";

    [Theory]
    [InlineData("catalog")]
    [InlineData("policy")]
    [InlineData("matching")]
    [InlineData("dapr")]
    [InlineData("gateway")]
    [InlineData("identity")]
    public async Task A_killed_process_comes_back_and_nothing_acknowledged_is_lost_or_applied_twice(string victim)
    {
        using var http = await system.RestAsync();
        using var analyst = await system.RestAsync("analyst");
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<string>();
        var agreements = new ConcurrentQueue<string>();
        Task[] writers =
        [
            .. Enumerable.Range(0, Writers).Select(_ => WriteAsync(http, acknowledged, stop.Token)),
            AskForDataAsync(http, analyst, agreements, stop.Token),
        ];
        await Eventually.True(() => acknowledged.Count >= 20 && agreements.Count >= 3, "changes are coming in");

        var before = Resource(victim);
        Process.GetProcessById(before.ProcessId!.Value).Kill();
        await Eventually.True(
            () => Resource(victim) is { State: "Healthy" } now && now.ProcessId != before.ProcessId, $"{victim} is back");
        var (count, asked) = (acknowledged.Count, agreements.Count);
        await Eventually.True(() => acknowledged.Count >= count + 20 && agreements.Count >= asked + 3, "changes are coming in again");
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        foreach (var id in acknowledged)
        {
            var status = await ReadAsync(http, $"/catalog/v1/competences/{id}");
            Assert.True(status == HttpStatusCode.OK, $"competence {id} was acknowledged and is lost: {status}");
        }

        foreach (var id in agreements)
        {
            var status = await ReadAsync(analyst, $"/policy/v1/agreements/{id}");
            Assert.True(status == HttpStatusCode.OK, $"agreement {id} was acknowledged and is lost: {status}");
        }

        await Eventually.True(
            async () => await AllAsync(acknowledged, id => ReadAsync(http, $"/matching/v1/competences/{id}/proposals?purpose=https://w3id.org/dpv%23ScientificResearch")),
            "every acknowledged change has reached matching");
        await Eventually.True(() => Received("matching") == Published(), "matching has applied every event of the catalogue, each once");
        await Eventually.True(() => Received("policy") == PublishedAssets(), "policy has applied every event about data assets, each once");
    }

    /// <summary>The door limits how often one client may ask; whoever is told to wait, waits.</summary>
    private static async Task<HttpStatusCode> ReadAsync(HttpClient http, string address)
    {
        while (true)
        {
            var answer = await http.GetAsync(address);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer.StatusCode;
            }

            using var pause = new PeriodicTimer(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
            await pause.WaitForNextTickAsync();
        }
    }

    private static async Task WriteAsync(HttpClient http, ConcurrentQueue<string> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await IdOfAsync(http, "/catalog/v1/competences", JsonSerializer.Serialize(Example())) is { } id)
            {
                acknowledged.Enqueue(id);
            }
        }
    }

    /// <summary>The demo's load on the policy service: an asset with terms is registered, and an analyst asks for it as soon as the news is there.</summary>
    private static async Task AskForDataAsync(HttpClient holder, HttpClient analyst, ConcurrentQueue<string> agreements, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await IdOfAsync(holder, "/catalog/v1/data-assets", JsonFormatter.Default.Format(Examples.ChestXRays(TimeProvider.System))) is not { } asset
                || await IdOfAsync(holder, $"/catalog/v1/data-assets/{asset}:attachOffer", JsonSerializer.Serialize(new { policyJson = Examples.ResearchOnlyOffer() })) is null)
            {
                continue;
            }

            var request = JsonFormatter.Default.Format(Examples.Request(new() { Id = asset }, Research, TimeProvider.System));
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            string? agreement;
            while ((agreement = await IdOfAsync(analyst, "/policy/v1/agreements", request)) is null && !stop.IsCancellationRequested)
            {
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }

            if (agreement is not null)
            {
                agreements.Enqueue(agreement);
            }
        }
    }

    /// <summary>The id of what was created, or null when it was not acknowledged.</summary>
    private static async Task<string?> IdOfAsync(HttpClient http, string address, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await http.PostAsync(address, content, CancellationToken.None);
            return answer.StatusCode == HttpStatusCode.OK
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    private static async Task<bool> AllAsync(IEnumerable<string> ids, Func<string, Task<HttpStatusCode>> ask)
    {
        foreach (var id in ids)
        {
            if (await ask(id) != HttpStatusCode.OK)
            {
                return false;
            }
        }

        return true;
    }

    private static object Example() => new
    {
        title = new { values = new { de = "Beispiel" } },
        description = new { values = new { de = "Ein Beispiel für die Prüfung." } },
        methods = new[] { "segmentation" },
        evidence = new[] { new { kind = "KIND_BENCHMARK", statement = "Beispiel", url = "https://competence.example/" } },
    };

    private AppHost.Local.Running.ResourceState Resource(string name) => system.State.Resources.Single(resource => resource.Name == name);

    /// <summary>How many events the catalogue has ever put into its outbox.</summary>
    private long Published() => Count("catalog", "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");

    /// <summary>How many events about data assets there have been: one for each version of each.</summary>
    private long PublishedAssets() => Count("catalog", "SELECT SUM(json_extract(body, '$.version')) FROM doc_data_assets");

    /// <summary>How many events of the catalogue a service has applied: an entry in the inbox is written with what the event changes, or not at all.</summary>
    private long Received(string service) => Count(service, "SELECT COUNT(*) FROM inbox WHERE source LIKE '%/catalog'");

    private long Count(string service, string query)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(system.StateDirectory, "data", service + ".db")};Mode=ReadOnly");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }
}
