namespace Ecosystem.Storage.Tests;

/// <summary>A database of its own for each test.</summary>
internal sealed class PostgreSqlPlace(string connectionString) : StoreUnderTest
{
    internal override Task<OpenStore> OpenAsync(params DocumentType[] types) =>
        OpenStore.OpenAsync(StoreKind.PostgreSql, connectionString, Options, Time, types);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask; // goes with the server
}
