using Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class RabbitMqSettingsTests
{
    [Fact]
    public void Values_that_nobody_gave_are_daprs_and_each_danger_in_them_is_told()
    {
        var settings = RabbitMqSettings.Read(Component());

        Assert.Equal((true, true, false, false, false, (ushort)0, "fanout", true, TimeSpan.FromSeconds(3)),
            (settings.Durable, settings.DeletedWhenUnused, settings.AutoAck, settings.PublisherConfirm, settings.RequeueInFailure, settings.PrefetchCount, settings.ExchangeKind, settings.Parallel, settings.ReconnectWait));
        Assert.Equal(
            ["deletedWhenUnused", "deliveryMode", "publisherConfirm", "requeueInFailure", "prefetchCount"],
            settings.Dangers().Select(d => d.Split(' ')[0]));
    }

    [Fact]
    public void Values_that_lose_nothing_are_not_warned_about() => Assert.Empty(RabbitMqSettings.Read(Component(
        ("durable", "true"), ("deletedWhenUnused", "false"), ("deliveryMode", "2"), ("publisherConfirm", "true"), ("requeueInFailure", "true"), ("prefetchCount", "100"))).Dangers());

    [Theory]
    [InlineData("autoAck", "true")]
    [InlineData("durable", "false")]
    [InlineData("maxLen", "1000")]
    public void A_value_that_loses_messages_is_warned_about(string name, string value) =>
        Assert.Contains(RabbitMqSettings.Read(Component((name, value))).Dangers(), danger => danger.StartsWith(name, StringComparison.Ordinal));

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var refused = Assert.Throws<InvalidDataException>(() => RabbitMqSettings.Read(Component(
            ("connectionString", "http://broker"), ("durable", "perhaps"), ("prefetchCount", "-1"), ("exchangeKind", "star"), ("concurrencyMode", "many"), ("caCert", "x"))));

        Assert.All(["connectionString", "durable", "prefetchCount", "exchangeKind", "concurrencyMode", "caCert"], name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_may_be_given_in_parts()
    {
        var settings = RabbitMqSettings.Read(Component(("hostname", "broker:5673"), ("username", "a b"), ("password", "p@ss")));

        Assert.Equal("amqp://a%20b:p%40ss@broker:5673/", settings.Address.ToString());
    }

    private static ComponentResource Component(params (string Name, string Value)[] metadata) => new()
    {
        Metadata = new ResourceMetadata { Name = "pubsub" },
        Spec = new ComponentSpec { Type = "pubsub.rabbitmq", Metadata = [.. metadata.Select(m => new ComponentEntry { Name = m.Name, Value = m.Value })] },
    };
}
