namespace Ecosystem.Storage.Tests;

[Collection(nameof(PostgreSqlServer))]
public sealed class PostgreSqlComplianceTests(PostgreSqlServer server) : DocumentStoreCompliance
{
    protected override async Task<StoreUnderTest> CreatePlaceAsync() => new PostgreSqlPlace(await server.CreateDatabaseAsync());
}
