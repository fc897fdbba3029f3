using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

/// <summary>What every adapter must do. Each adapter runs the whole suite; a difference between adapters is a defect.</summary>
public abstract partial class DocumentStoreCompliance(ITestOutputHelper output) : IAsyncLifetime
{
    private StoreUnderTest _place = null!;
    private OpenStore _store = null!;

    public async Task InitializeAsync()
    {
        _place = await CreatePlaceAsync();
        _store = await _place.OpenAsync(Clinic.Type);
    }

    public async Task DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        if (_place is not null)
            await _place.DisposeAsync();
    }

    private protected abstract Task<StoreUnderTest> CreatePlaceAsync(StorageOptions options);

    private protected Task<StoreUnderTest> CreatePlaceAsync() => CreatePlaceAsync(new StorageOptions { IntegrityCheck = IntegrityCheck.Full });

    private protected async Task<OpenStore> ReopenAsync(params DocumentType[] types)
    {
        await _store.DisposeAsync();
        return _store = await _place.OpenAsync(types);
    }
}
