namespace Ecosystem.Storage;

internal sealed class StoreBackup(IStorageEngine engine, IStoreSnapshot snapshot) : IStoreBackup
{
    public async Task<BackupSummary> WriteAsync(Stream destination, CancellationToken ct = default)
    {
        await engine.OpenAsync(ct);
        return await BackupFormat.WriteAsync(destination, snapshot.ReadAsync(ct), ct);
    }

    public async Task<BackupSummary> RestoreAsync(Stream source, CancellationToken ct = default)
    {
        await engine.OpenAsync(ct);
        BackupSummary? summary = null;
        if (!await snapshot.FillAsync(BackupFormat.Read(source, total => summary = total), ct))
            throw new StoreDamagedException("A backup is restored into an empty store only, and this one has content. Nothing was written.");
        return summary!;
    }
}
