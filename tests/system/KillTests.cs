using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Testing;
using Microsoft.Data.Sqlite;

namespace Ecosystem.SystemTests;

/// <summary>Any one process is killed with -9 while changes come in; what was acknowledged must be there afterwards, everywhere.</summary>
[Collection("running system")]
public sealed class KillTests(RunningSystem system)
{
    private const int Writers = 4;

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
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<string>();
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(http, acknowledged, stop.Token)).ToArray();
        await Eventually.True(() => acknowledged.Count >= 20, "changes are coming in");

        var before = Resource(victim);
        Process.GetProcessById(before.ProcessId!.Value).Kill();
        await Eventually.True(
            () => Resource(victim) is { State: "Healthy" } now && now.ProcessId != before.ProcessId, $"{victim} is back");
        var count = acknowledged.Count;
        await Eventually.True(() => acknowledged.Count >= count + 20, "changes are coming in again");
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        foreach (var id in acknowledged)
        {
            var status = await ReadAsync(http, $"/catalog/v1/competences/{id}");
            Assert.True(status == HttpStatusCode.OK, $"competence {id} was acknowledged and is lost: {status}");
        }

        await Eventually.True(
            async () => await AllAsync(acknowledged, id => ReadAsync(http, $"/matching/v1/competences/{id}/proposals?purpose=https://w3id.org/dpv%23ScientificResearch")),
            "every acknowledged change has reached matching");
        await Eventually.True(() => Received() == Published(), "matching has received every event of the catalogue, each once");
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
            try
            {
                var answer = await http.PostAsJsonAsync("/catalog/v1/competences", Example(), CancellationToken.None);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    acknowledged.Enqueue((await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()!);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException)
            {
                // Not acknowledged; the next one is tried.
            }
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

    /// <summary>How many events of the catalogue matching has applied: an entry in the inbox is written with what the event changes, or not at all.</summary>
    private long Received() => Count("matching", "SELECT COUNT(*) FROM inbox WHERE source LIKE '%/catalog'");

    private long Count(string service, string query)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(system.StateDirectory, "data", service + ".db")};Mode=ReadOnly");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }
}
