using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Testing;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace Ecosystem.SystemTests;

/// <summary>An operator finds, understands, mends and replays what a service could not apply, with the command alone.</summary>
[Collection("running system")]
public sealed class DeadLetterCommandTests(RunningSystem system)
{
    private readonly string _asset = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    [Fact]
    public async Task A_poison_event_is_listed_shown_and_applied_once_when_its_cause_is_mended()
    {
        var poison = await PublishAsync(version: 1, holder: null); // policy needs to know whose asset it is
        var letter = await ParkedAsync(poison);
        var id = letter.GetProperty("id").GetString()!;
        Assert.Equal((_asset, "ecosystem.catalog.events.v1.DataAssetPublished"), (letter.GetProperty("subject").GetString(), letter.GetProperty("type").GetString()));

        var table = await CommandAsync("list", "--service", "policy");
        Assert.Contains($"{id} ", table.Output, StringComparison.Ordinal);
        Assert.Contains("DataAssetPublished", table.Output, StringComparison.Ordinal);
        var shown = await CommandAsync("show", id, "--service", "policy");
        Assert.Contains("\"specversion\": \"1.0\"", shown.Output, StringComparison.Ordinal);
        Assert.Contains("names no holder", shown.Output, StringComparison.Ordinal);
        Assert.Contains("for you to decide", (await CommandAsync("backlog", "--service", "policy")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandAsync("replay", id, "--service", "policy")).ExitCode);

        await PublishAsync(version: 2, "klinikum-beispiel");
        await Eventually.True(async () => (await CommandAsync("replay", id, "--service", "policy")).ExitCode == 0, "the replay succeeds");

        Assert.DoesNotContain(id, (await CommandAsync("list", "--service", "policy", "--json")).Output, StringComparison.Ordinal);
        Assert.Equal(1, Received(poison));
        Assert.Equal(1, (await CommandAsync("replay", id, "--service", "policy")).ExitCode); // it is no more
    }

    [Fact]
    public async Task What_is_discarded_is_gone_and_only_after_a_yes()
    {
        var poison = await PublishAsync("""{"version":"many"}"""); // no such event, whatever is mended
        var id = (await ParkedAsync(poison)).GetProperty("id").GetString()!;

        Assert.NotEqual(0, (await CommandAsync("discard", id, "--service", "policy")).ExitCode);
        Assert.Equal(0, (await CommandAsync("discard", id, "--yes", "--service", "policy")).ExitCode);

        Assert.Null(await LetterAsync(poison));
    }

    [Fact]
    public async Task Any_deployment_is_reached_with_an_address_and_a_token()
    {
        var address = system.State.Resources.Single(resource => resource.Name == "policy").Addresses["grpc"].ToString();
        var file = Path.Combine(system.StateDirectory, "a-token");
        await File.WriteAllTextAsync(file, await system.TokenAsync()); // the integrator: a stranger to this

        var nobody = await CommandAsync("list", "--address", address);
        var stranger = await CommandAsync("list", "--address", address, "--token-file", file);
        var gateway = await CommandAsync("list", "--address", system.State.Grpc.ToString(), "--token-file", file);
        var nowhere = await CommandAsync("list", "--service", "weather");

        Assert.Equal((2, 2, 2, 2), (nobody.ExitCode, stranger.ExitCode, gateway.ExitCode, nowhere.ExitCode));
        Assert.Contains("ECOSYSTEM_TOKEN", nobody.Errors, StringComparison.Ordinal);
        Assert.Contains("Only operators may do this", stranger.Errors, StringComparison.Ordinal);
        Assert.Contains("not of the gateway", gateway.Errors, StringComparison.Ordinal);
        Assert.Contains("There are: catalog, policy, matching", nowhere.Errors, StringComparison.Ordinal);
    }

    /// <summary>Publishes as the catalogue does, and returns the identifier of the event.</summary>
    private async Task<string> PublishAsync(int version, string? holder)
    {
        var @event = new DataAssetPublished
        {
            DataAsset = new DataAsset { Id = _asset, Holder = holder is null ? null : new() { Id = holder, Name = holder } },
            Version = version,
        };
        return await PublishAsync(JsonFormatter.Default.Format(@event));
    }

    private async Task<string> PublishAsync(string data)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("dapr-api-token", Secret("dapr-api-token"));
        using var body = new StringContent(JsonSerializer.Serialize(new
        {
            specversion = "1.0",
            id,
            source = "/ecosystem/ruhr/catalog",
            type = DataAssetPublished.Descriptor.FullName,
            subject = _asset,
            datacontenttype = "application/json",
            data = JsonDocument.Parse(data).RootElement,
        }), new MediaTypeHeaderValue("application/cloudevents+json"));
        var sidecar = system.State.Resources.Single(resource => resource.Name == "catalog").Addresses["dapr"];
        using var answer = await http.PostAsync(new Uri(sidecar, "/v1.0/publish/pubsub/catalog.data-assets"), body);
        answer.EnsureSuccessStatusCode();
        return id;
    }

    private async Task<JsonElement> ParkedAsync(string @event) => await Eventually.Get(
        async () => await LetterAsync(@event) is { } letter && letter.GetProperty("state").GetString() == "STATE_PARKED" ? letter : (JsonElement?)null,
        "the event is parked", TimeSpan.FromMinutes(3)); // the sidecar repeats with growing pauses first

    private async Task<JsonElement?> LetterAsync(string @event)
    {
        var list = await CommandAsync("list", "--service", "policy", "--json");
        Assert.True(list.ExitCode == 0, list.Errors);
        return list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(letter => letter.GetProperty("eventId").GetString() == @event)
            .Select(letter => (JsonElement?)letter)
            .FirstOrDefault();
    }

    private long Received(string @event)
    {
        using var inbox = new SqliteConnection($"Data Source={Path.Combine(system.StateDirectory, "data", "policy.db")};Mode=ReadOnly");
        inbox.Open();
        using var command = inbox.CreateCommand();
        command.CommandText = "SELECT count(*) FROM inbox WHERE id = $id";
        command.Parameters.AddWithValue("$id", @event);
        return (long)command.ExecuteScalar()!;
    }

    private string Secret(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(system.StateDirectory, "secrets.json")))![name];

    private async Task<(int ExitCode, string Output, string Errors)> CommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(RepositoryLayout.DotnetProgram, [RepositoryLayout.AppHostAssembly, "dead-letters", .. arguments, "--state", system.StateDirectory])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
