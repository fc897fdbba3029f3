using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.Catalog.V1;
using Ecosystem.Testing;
using Grpc.Net.Client;

namespace Ecosystem.SystemTests;

/// <summary>
/// Two copies of every service and of the gateway; a plain client that goes to a gateway which says it is ready, and repeats nothing. Under
/// steady load each process is asked to stop and replaced, one after the other: nobody notices.
/// </summary>
[Collection("running system")]
public sealed class RollingRestartTests(DurableSystem system) : IClassFixture<DurableSystem>
{
    private static readonly TimeSpan RestartLimit = TimeSpan.FromMinutes(3);

    [SkippableFact]
    public async Task Every_process_is_replaced_under_load_without_a_failed_request_or_a_lost_event()
    {
        Skip.If(system.Missing is not null, system.Missing);
        using var rest = AtAnyDoor(() => system.RestAsync());
        using var analyst = AtAnyDoor(() => system.RestAsync("analyst"));
        using var channel = GrpcChannel.ForAddress(system.State.Grpc, new() { HttpHandler = Doors("grpc"), DisposeHttpClient = true });
        var load = new SteadyLoad(rest, analyst, new CompetenceService.CompetenceServiceClient(channel));
        using var stop = new CancellationTokenSource();
        var people = load.RunAsync(stop.Token);
        await ContinuesAsync(load);

        string[] processes = [.. system.State.Resources.Select(r => r.Name).Where(name => name.Split('-')[0] is "catalog" or "policy" or "matching" or "gateway")];
        Assert.Equal(8, processes.Length);
        foreach (var process in processes)
        {
            var before = Resource(process).ProcessId!.Value;
            await AskToStopAsync(before);
            await Eventually.True(() => Resource(process) is { State: "Healthy", ProcessId: { } now } && now != before, $"{process} is replaced", RestartLimit);
            await ContinuesAsync(load);
        }

        await stop.CancelAsync();
        await people;

        Assert.True(load.Failed.IsEmpty, $"{load.Failed.Count} of {load.Answered + load.Failed.Count} requests failed: {string.Join('\n', load.Failed.Take(20))}");
        foreach (var id in load.Competences)
        {
            Assert.Equal((id, HttpStatusCode.OK), (id, await Traffic.ReadAsync(rest, $"/catalog/v1/competences/{id}")));
        }

        foreach (var id in load.Agreements)
        {
            Assert.Equal((id, HttpStatusCode.OK), (id, await Traffic.ReadAsync(analyst, $"/policy/v1/agreements/{id}")));
        }

        await system.ExpectNoEventLostAsync();
    }

    private static async Task AskToStopAsync(int process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Every kind of request gets answers again, some of them certainly from the copy that is new.</summary>
    private static async Task ContinuesAsync(SteadyLoad load)
    {
        var (competences, agreements, answered) = (load.Competences.Count, load.Agreements.Count, load.Answered);
        await Eventually.True(
            () => !load.Failed.IsEmpty || (load.Competences.Count >= competences + 10 && load.Agreements.Count > agreements && load.Answered >= answered + 100), "requests are answered", RestartLimit);
    }

    private ReadyDoors Doors(string endpoint) => new(system.State.Resources
        .Where(resource => resource.Name.StartsWith("gateway", StringComparison.Ordinal))
        .Select(gateway => (new Uri(gateway.Addresses["http"], "/health"), gateway.Addresses[endpoint])));

    /// <summary>The same person at any of the doors.</summary>
    private HttpClient AtAnyDoor(Func<Task<HttpClient>> person) =>
        new(new RenewedToken(person, Doors("http"))) { BaseAddress = system.State.Http, Timeout = TimeSpan.FromMinutes(2) };

    private ResourceState Resource(string name) => system.State.Resources.Single(resource => resource.Name == name);
}
