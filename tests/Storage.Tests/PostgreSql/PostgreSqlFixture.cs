using Ecosystem.Testing;

namespace Ecosystem.Storage.Tests;

/// <summary>One server for all tests of the adapter, a database of its own for each.</summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    public PostgreSqlServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgreSqlServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(nameof(PostgreSqlFixture))]
public sealed class PostgreSqlFixtureDefinition : ICollectionFixture<PostgreSqlFixture>;
