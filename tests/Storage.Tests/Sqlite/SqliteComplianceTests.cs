using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

public sealed class SqliteComplianceTests(ITestOutputHelper output) : DocumentStoreCompliance(output)
{
    private protected override Task<StoreUnderTest> CreatePlaceAsync(StorageOptions options) =>
        Task.FromResult<StoreUnderTest>(new SqlitePlace { Options = options });
}
