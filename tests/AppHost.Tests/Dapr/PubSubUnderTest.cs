using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr;

/// <summary>A pub/sub component that the suites are run against.</summary>
internal abstract class PubSubUnderTest
{
    /// <summary>Dapr's own in-memory component, kept in a file of the region.</summary>
    public static PubSubUnderTest InMemory { get; } = new InFile();

    public abstract string Type { get; }

    protected abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The component's YAML.</summary>
    public string Declare(string[]? scopes = null, params (string Name, string Value)[] more)
    {
        var entries = Metadata.Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value)))
            .GroupBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => $$"""{ name: {{m.Key}}, value: "{{m.Last().Value}}" }""");
        return $$"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: pubsub }
            spec: { type: {{Type}}, version: v1, metadata: [ {{string.Join(", ", entries)}} ] }
            scopes: [ {{string.Join(", ", scopes ?? [])}} ]
            """;
    }

    /// <summary>Leaves nothing of these apps for the next test.</summary>
    public virtual Task ForgetAsync(IEnumerable<string> apps) => Task.CompletedTask;

    private sealed class InFile : PubSubUnderTest
    {
        public override string Type => "pubsub.in-memory";

        protected override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();
    }
}
