using System.Collections.Concurrent;
using System.Net;
using Ecosystem.Events.V1;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>On PostgreSQL and RabbitMQ with replicas: the main job works, and killing broker, database or a replica loses nothing.</summary>
[Collection("running system")]
public sealed class DurableSystemTests(DurableSystem system) : IClassFixture<DurableSystem>
{
    /// <summary>Told only after a year, at the end of a day, or when an address of the outside world changes its mind; the envelope is made by the same code.</summary>
    private static readonly string[] NotOnDemand = ["ecosystem.matching.events.v1.DigestCompiled", "ecosystem.catalog.events.v1.DataAssetCheckDue", "ecosystem.catalog.events.v1.CompetenceVerificationExpired", "ecosystem.catalog.events.v1.PathReachabilityChanged"];

    /// <summary>Every event that the contracts declare and that people can bring about, with its topic.</summary>
    private static IReadOnlyList<(string Type, string Topic)> Events { get; } =
    [
        .. new[] { Catalog.Events.V1.EventsReflection.Descriptor, Policy.Events.V1.EventsReflection.Descriptor, Matching.Events.V1.EventsReflection.Descriptor }
            .SelectMany(file => file.MessageTypes)
            .Where(message => message.GetOptions()?.HasExtension(TopicExtensions.Topic) == true)
            .Where(message => !NotOnDemand.Contains(message.FullName, StringComparer.Ordinal))
            .Select(message => (message.FullName, message.GetOptions().GetExtension(TopicExtensions.Topic))),
    ];

    [SkippableFact]
    public async Task The_demo_plays_the_main_job_with_replicas_on_real_servers()
    {
        Skip.If(system.Missing is not null, system.Missing);
        using var demo = system.Start("demo", "--state", system.StateDirectory, "--language", "en");
        await demo.WaitForExitAsync();

        Assert.True(demo.ExitCode == 0, system.Said());
        Assert.Contains("both decisions are in it", system.Said(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Every_type_of_event_is_a_cloud_event_to_the_sdk_of_others()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await using var listening = await EventTap.OpenAsync(system.Broker, [.. Events.Select(e => e.Topic).Distinct()]);
        using var demo = system.Start("demo", "--state", system.StateDirectory, "--language", "en");
        await demo.WaitForExitAsync();
        using (var holder = await system.RestAsync())
        using (var @operator = await system.RestAsync("operator"))
        {
            await Traffic.LeadALifeAsync(holder, @operator);
            await Traffic.SeekPartnersAsync(holder, @operator);
        }

        await Eventually.True(() => Events.All(e => listening.Envelopes.Any(envelope => envelope.Contains(e.Type, StringComparison.Ordinal))), "an event of every type had come");
        var file = Path.Combine(system.StateDirectory, "envelopes.jsonl");
        await File.WriteAllLinesAsync(file, listening.Envelopes);

        var judged = await new NodeProgram("interop/dapr").RunAsync("envelopes.mjs", [file], new Dictionary<string, string>());

        Assert.True(judged.ExitCode == 0, judged.Output);
        Assert.Equal(Events.Select(e => e.Type).Order(), judged.Output.Split('\n').Where(l => l.StartsWith("valid: ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]).Order());
    }

    [SkippableFact]
    public async Task A_database_is_saved_and_restored_as_operators_are_told()
    {
        const string kept = "SELECT id || ' ' || md5(body::text) FROM doc_data_assets";
        Skip.If(system.Missing is not null, system.Missing);
        using var holder = await system.RestAsync();
        using var @operator = await system.RestAsync("operator");
        await Traffic.LeadALifeAsync(holder, @operator);
        var before = await system.ReadAsync("catalog", kept);

        var restored = await DatabaseBackup.SaveAndRestoreAsync(system);

        Assert.NotEmpty(before);
        Assert.Empty(before.Except(await system.ReadAsync(restored, kept)));
    }

    [SkippableTheory]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    [InlineData("dapr")]
    [InlineData("matching-2")]
    public async Task A_killed_server_comes_back_and_nothing_acknowledged_is_lost_or_applied_twice(string victim)
    {
        Skip.If(system.Missing is not null, system.Missing);
        using var http = await system.RestAsync();
        using var analyst = await system.RestAsync("analyst");
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<string>();
        var agreements = new ConcurrentQueue<string>();
        Task[] people =
        [
            Traffic.WriteAsync(http, acknowledged, stop.Token),
            Traffic.WriteAsync(http, acknowledged, stop.Token),
            Traffic.AskForDataAsync(http, analyst, agreements, stop.Token),
        ];
        await Eventually.True(() => acknowledged.Count >= 20 && agreements.Count >= 3, "changes are coming in");

        var before = system.ProcessOf(victim);
        system.Kill(victim);
        await Eventually.True(() => system.ProcessOf(victim) != before, $"{victim} is back");
        var (count, asked) = (acknowledged.Count, agreements.Count);
        await Eventually.True(() => acknowledged.Count >= count + 20 && agreements.Count >= asked + 3, "changes are coming in again");
        await stop.CancelAsync();
        await Task.WhenAll(people);

        foreach (var id in acknowledged)
        {
            Assert.Equal((id, HttpStatusCode.OK), (id, await Traffic.ReadAsync(http, $"/catalog/v1/competences/{id}")));
        }

        foreach (var id in agreements)
        {
            Assert.Equal((id, HttpStatusCode.OK), (id, await Traffic.ReadAsync(analyst, $"/policy/v1/agreements/{id}")));
        }

        await system.ExpectNoEventLostAsync();
    }
}
