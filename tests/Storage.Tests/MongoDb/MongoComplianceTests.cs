using MongoDB.Driver;
using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

/// <summary>Runs on the replica set that TEST_MONGODB names, in a database of its own for each test.</summary>
public sealed class MongoComplianceTests(ITestOutputHelper output) : DocumentStoreCompliance(output)
{
    private static int _databases;

    private protected override Task<StoreUnderTest> CreatePlaceAsync(StorageOptions options)
    {
        var server = Environment.GetEnvironmentVariable("TEST_MONGODB");
        Skip.If(string.IsNullOrEmpty(server), "TEST_MONGODB names no replica set");
        var database = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        return Task.FromResult<StoreUnderTest>(new MongoPlace(new MongoUrlBuilder(server) { DatabaseName = database }.ToMongoUrl()) { Options = options });
    }

    private sealed class MongoPlace(MongoUrl url) : StoreUnderTest
    {
        internal override Task<OpenStore> OpenAsync(params DocumentType[] types) =>
            OpenStore.OpenAsync(StoreKind.MongoDb, url.ToString(), Options, Time, types);

        public override async ValueTask DisposeAsync()
        {
            using var client = new MongoClient(url);
            await client.DropDatabaseAsync(url.DatabaseName);
        }
    }
}
