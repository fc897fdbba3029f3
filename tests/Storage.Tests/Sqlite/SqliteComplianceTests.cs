namespace Ecosystem.Storage.Tests;

public sealed class SqliteComplianceTests : DocumentStoreCompliance
{
    protected override Task<StoreUnderTest> CreatePlaceAsync() => Task.FromResult<StoreUnderTest>(new SqlitePlace());
}
