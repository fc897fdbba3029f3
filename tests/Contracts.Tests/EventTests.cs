using Ecosystem.Events.V1;
using Google.Protobuf.Reflection;

namespace Ecosystem.Contracts.Tests;

public sealed class EventTests
{
    public static TheoryData<string> Events =>
    [
        .. ContractFiles.All.Where(file => file.Package.EndsWith(".events.v1", StringComparison.Ordinal) && file.Package != "ecosystem.events.v1")
            .SelectMany(file => file.MessageTypes).Select(message => message.FullName),
    ];

    [Fact]
    public void The_contracts_declare_events() => Assert.NotEmpty(Events);

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_names_the_topic_of_its_service(string name)
    {
        var message = ContractFiles.All.SelectMany(file => file.MessageTypes).Single(candidate => candidate.FullName == name);
        var topic = message.GetOptions()?.GetExtension(TopicExtensions.Topic);

        Assert.False(string.IsNullOrEmpty(topic), $"{name} has no ecosystem.events.v1.topic, so it cannot be published.");
        Assert.StartsWith(message.File.Package.Split('.')[1] + ".", topic, StringComparison.Ordinal);
    }
}
