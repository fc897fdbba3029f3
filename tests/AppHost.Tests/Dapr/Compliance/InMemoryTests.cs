namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

public sealed class InMemoryPublishTests : PublishCompliance
{
    private protected override PubSubUnderTest PubSub => PubSubUnderTest.InMemory;
}

public sealed class InMemorySubscriptionTests : SubscriptionCompliance
{
    private protected override PubSubUnderTest PubSub => PubSubUnderTest.InMemory;
}

public sealed class InMemoryDeliveryTests : DeliveryCompliance
{
    private protected override PubSubUnderTest PubSub => PubSubUnderTest.InMemory;
}

public sealed class InMemoryInstanceTests : InstanceCompliance
{
    private protected override PubSubUnderTest PubSub => PubSubUnderTest.InMemory;
}

public sealed class InMemoryResiliencyTests : ResiliencyCompliance
{
    private protected override PubSubUnderTest PubSub => PubSubUnderTest.InMemory;
}
