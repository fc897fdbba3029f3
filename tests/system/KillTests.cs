using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Ecosystem.Testing;
using Microsoft.Data.Sqlite;

namespace Ecosystem.SystemTests;

/// <summary>Any one process is killed with -9 while changes come in; what was acknowledged must be there afterwards, everywhere.</summary>
[Collection("running system")]
public sealed class KillTests(RunningSystem system)
{
    private const int Writers = 3;

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
            .. Enumerable.Range(0, Writers).Select(_ => Traffic.WriteAsync(http, acknowledged, stop.Token)),
            Traffic.AskForDataAsync(http, analyst, agreements, stop.Token),
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
            var status = await Traffic.ReadAsync(http, $"/catalog/v1/competences/{id}");
            Assert.True(status == HttpStatusCode.OK, $"competence {id} was acknowledged and is lost: {status}");
        }

        foreach (var id in agreements)
        {
            var status = await Traffic.ReadAsync(analyst, $"/policy/v1/agreements/{id}");
            Assert.True(status == HttpStatusCode.OK, $"agreement {id} was acknowledged and is lost: {status}");
        }

        await Eventually.True(
            async () => await Traffic.AllAsync(acknowledged, id => Traffic.ReadAsync(http, $"/matching/v1/competences/{id}/proposals?purpose=https://w3id.org/dpv%23ScientificResearch")),
            "every acknowledged change has reached matching");
        await Eventually.True(() => Received("matching") == Published(), "matching has applied every event it follows, each once");
        await Eventually.True(() => Received("policy") == PublishedAssets(), "policy has applied every event about data assets, each once");
    }

    private AppHost.Local.Running.ResourceState Resource(string name) => system.State.Resources.Single(resource => resource.Name == name);

    /// <summary>How many events the catalogue has ever put into its outbox, but for the reference projects of the demo, which matching does not follow.</summary>
    private long Published() => Count("catalog", "SELECT seq - (SELECT COUNT(*) FROM doc_reference_projects) FROM sqlite_sequence WHERE name = 'outbox'");

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
