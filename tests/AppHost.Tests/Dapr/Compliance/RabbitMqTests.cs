namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

[Collection(WithRabbitMq.Name)]
public sealed class RabbitMqPublishTests(RabbitMqFixture rabbitMq) : PublishCompliance
{
    private protected override PubSubUnderTest PubSub => new RabbitMqUnderTest(rabbitMq.Server);
}

[Collection(WithRabbitMq.Name)]
public sealed class RabbitMqSubscriptionTests(RabbitMqFixture rabbitMq) : SubscriptionCompliance
{
    private protected override PubSubUnderTest PubSub => new RabbitMqUnderTest(rabbitMq.Server);
}

[Collection(WithRabbitMq.Name)]
public sealed class RabbitMqDeliveryTests(RabbitMqFixture rabbitMq) : DeliveryCompliance
{
    private protected override PubSubUnderTest PubSub => new RabbitMqUnderTest(rabbitMq.Server);
}

[Collection(WithRabbitMq.Name)]
public sealed class RabbitMqInstanceTests(RabbitMqFixture rabbitMq) : InstanceCompliance
{
    private protected override PubSubUnderTest PubSub => new RabbitMqUnderTest(rabbitMq.Server);
}

[Collection(WithRabbitMq.Name)]
public sealed class RabbitMqResiliencyTests(RabbitMqFixture rabbitMq) : ResiliencyCompliance
{
    private protected override PubSubUnderTest PubSub => new RabbitMqUnderTest(rabbitMq.Server);
}
