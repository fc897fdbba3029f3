namespace Ecosystem.Storage.Tests;

[Collection(nameof(PostgreSqlFixture))]
public sealed class PostgreSqlComplianceTests(PostgreSqlFixture postgres) : DocumentStoreCompliance
{
    protected override async Task<StoreUnderTest> CreatePlaceAsync() => new PostgreSqlPlace(await postgres.Server.CreateDatabaseAsync());
}
