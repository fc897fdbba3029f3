using System.Text.RegularExpressions;
using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Events.V1;
using Ecosystem.Testing;
using Google.Protobuf.Reflection;

namespace Ecosystem.Charts.Tests;

/// <summary>Who may publish and hear what, at the sidecar: as the contracts and the services say, and no more.</summary>
public sealed partial class TopicTests
{
    /// <summary>Every event of the contracts: full name and topic.</summary>
    private static readonly IReadOnlyList<(MessageDescriptor Event, string Topic)> Events =
    [
        .. typeof(TopicExtensions).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal) && type.GetProperty("Descriptor") is not null)
            .Select(type => type.GetProperty("Descriptor")!.GetValue(null)).OfType<FileDescriptor>()
            .SelectMany(file => file.MessageTypes)
            .Where(message => message.GetOptions()?.HasExtension(TopicExtensions.Topic) == true)
            .Select(message => (message, message.GetOptions().GetExtension(TopicExtensions.Topic))),
    ];

    [SkippableFact]
    public async Task A_service_publishes_the_topics_of_its_own_contract_and_the_dead_letters_of_what_it_hears()
    {
        var scopes = await ScopesAsync("publishingScopes");

        foreach (var (service, topics) in scopes)
        {
            var own = Events.Where(one => one.Event.File.Package == $"ecosystem.{service}.events.v1").Select(one => one.Topic);
            Assert.Equal(own.Concat(HeardBy(service).Select(topic => $"{topic}-dead")).Distinct().Order(), topics.Order());
        }

        Assert.Equal(Events.Select(one => one.Topic).Distinct().Order(), scopes.Values.SelectMany(topics => topics).Where(topic => !topic.EndsWith("-dead", StringComparison.Ordinal)).Order());
    }

    [SkippableFact]
    public async Task A_service_hears_what_its_program_says_it_applies()
    {
        foreach (var (service, topics) in await ScopesAsync("subscriptionScopes"))
            Assert.Equal(HeardBy(service).SelectMany(topic => new[] { topic, $"{topic}-dead" }).Order(), topics.Order());
    }

    [SkippableFact]
    public async Task RabbitMQ_keeps_what_it_took()
    {
        var metadata = (await Situations.RenderAsync("ruhr")).One("Component", "pubsub").Spec!["metadata"]!.AsArray()
            .ToDictionary(one => one!["name"]!.GetValue<string>(), one => one!["value"]?.GetValue<string>());

        Assert.Equal("true", metadata["durable"]);
        Assert.Equal("false", metadata["deletedWhenUnused"]);
        Assert.Equal("2", metadata["deliveryMode"]);
        Assert.Equal("true", metadata["publisherConfirm"]);
        Assert.Equal("true", metadata["enableDeadLetter"]);
        Assert.Equal("false", metadata["autoAck"]);
        Assert.True(int.Parse(metadata["prefetchCount"]!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Null(metadata["connectionString"]); // by reference
    }

    [SkippableFact]
    public async Task Sidecars_let_nobody_call_a_service()
    {
        var control = (await Situations.RenderAsync("ruhr")).One("Configuration", "ruhr-dapr").Spec!["accessControl"]!;

        Assert.Equal("deny", control["defaultAction"]!.GetValue<string>());
        Assert.Empty(control["policies"]!.AsArray());
    }

    private static async Task<Dictionary<string, string[]>> ScopesAsync(string which)
    {
        var metadata = (await Situations.RenderAsync("ruhr")).One("Component", "pubsub").Spec!["metadata"]!.AsArray();
        var scopes = metadata.Single(one => one!["name"]!.GetValue<string>() == which)!["value"]!.GetValue<string>();
        return scopes.Split(';').Select(scope => scope.Split('=')).ToDictionary(
            scope => scope[0], scope => scope[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What the service registers with <c>On&lt;TEvent, THandler&gt;</c>, as topics.</summary>
    private static IEnumerable<string> HeardBy(string service)
    {
        var folder = Path.Combine(Repository.Root, service == "gateway" ? "gateway" : $"services/{service}");
        return Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Registration().Matches(File.ReadAllText(file)))
            .Select(match => Events.Single(one => one.Event.Name == match.Groups["event"].Value).Topic)
            .Distinct();
    }

    [GeneratedRegex(@"\.On<(?<event>\w+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Registration();
}
