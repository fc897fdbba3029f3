using Ecosystem.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Storage.Tests;

/// <summary>A host with documents, as a service composes it.</summary>
public sealed class HostingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-host-");

    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_path_may_be_a_folder()
    {
        using var host = await StartAsync(("Storage:Path", _folder.FullName));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "catalog.db")));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_connection_string_names_the_file()
    {
        var file = Path.Combine(_folder.FullName, "mine.db");
        using var host = await StartAsync(("ConnectionStrings:catalog", $"Data Source={file}"));
        Assert.True(File.Exists(file));
        await host.StopAsync();
    }

    [Theory]
    [InlineData(null, "ConnectionStrings:catalog: use \"Host=...\"")]
    [InlineData("Server=x", "names no store")]
    public async Task A_store_that_is_not_configured_ends_the_start_with_the_fix(string? connection, string fix)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("ConnectionStrings:catalog", connection)));
        Assert.Contains(fix, refusal.Message, StringComparison.Ordinal);
    }

#if !MONGODB
    [Theory]
    [InlineData("mongodb://nowhere/catalog")]
    [InlineData("mongodb+srv://nowhere/catalog")]
    public async Task A_build_without_the_driver_of_mongodb_names_the_switch(string connection)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("ConnectionStrings:catalog", connection)));
        Assert.Contains("-p:UseMongo=true", refusal.Message, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public async Task A_server_that_does_not_answer_ends_the_start_with_its_address()
    {
        var starting = StartAsync(("ConnectionStrings:catalog", "Host=127.0.0.1;Port=9;Database=catalog;Username=x;Password=secret"));
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return starting.IsCompleted;
        }, "the store gives up");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => starting);
        Assert.Contains("127.0.0.1:9/catalog", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backups_are_written_while_the_service_runs_and_the_newest_are_kept()
    {
        var backups = Path.Combine(_folder.FullName, "backups");
        using (var host = await StartAsync(("Storage:Path", _folder.FullName), ("Storage:BackupFolder", backups), ("Storage:BackupsKept", "2")))
        {
            await SaveAsync(host, new Clinic { Id = "c1" });
            var written = new HashSet<string>(StringComparer.Ordinal);
            await Eventually.True(() =>
            {
                _time.Advance(TimeSpan.FromDays(1));
                written.UnionWith(Directory.GetFiles(backups, "*.gz"));
                return written.Count >= 4;
            }, "a backup is written each day");
            await Eventually.True(() => Directory.GetFiles(backups, "*.gz").Length == 2, "older backups are removed");
            await host.StopAsync();
        }

        var newest = Directory.GetFiles(backups, "*.gz").Max()!;
        using var restored = await StartAsync(("Storage:Path", Path.Combine(_folder.FullName, "new.db")), ("Storage:RestoreFrom", newest));
        await using var session = restored.Services.GetRequiredService<IDocumentStore>().OpenSession();
        Assert.NotNull(await session.LoadAsync<Clinic>("c1"));
        await restored.StopAsync();
    }

    [Fact]
    public async Task A_backup_taken_after_the_clock_went_back_is_the_newest()
    {
        var backups = Path.Combine(_folder.FullName, "backups");
        using var host = await StartAsync(("Storage:Path", _folder.FullName), ("Storage:BackupFolder", backups), ("Storage:BackupsKept", "2"), ("Storage:BackupEvery", "01:00:00"));
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromHours(1));
            return Directory.GetFiles(backups, "*.gz").Length == 2;
        }, "there are two backups");
        await host.StopAsync();
        var earlier = Directory.GetFiles(backups, "*.gz");

        var folder = new BackupFolder(backups, "catalog");
        var name = folder.NameAt(_time.GetUtcNow().AddDays(-400));
        await File.WriteAllTextAsync(name, "");
        folder.Keep(2);

        Assert.True(File.Exists(name));
        Assert.Equal(name, Directory.GetFiles(backups, "*.gz").Max());
        Assert.Single(Directory.GetFiles(backups, "*.gz").Intersect(earlier));
    }

    [Fact]
    public async Task Sent_events_are_kept_for_as_long_as_backups_may_be_apart()
    {
        using var host = await StartAsync(("Storage:Path", _folder.FullName), ("Storage:KeepSentFor", "2.00:00:00"));
        var outbox = host.Services.GetRequiredService<IOutbox>();
        await host.Services.GetRequiredService<IStorageEngine>().CommitAsync(
            new ChangeSet([], [], [new OutboxEvent("1", "t", "t", "s", "{}", _time.GetUtcNow(), null, null)], [], _time.GetUtcNow()), default);
        await outbox.RemoveAsync("relay", [.. (await outbox.ClaimAsync("relay", new(1), TimeSpan.FromMinutes(1), default)).Select(claim => claim.Position)], default);
        Assert.Equal(1, await InBackupAsync(host));

        await Eventually.True(async () =>
        {
            _time.Advance(TimeSpan.FromHours(1));
            return await InBackupAsync(host) == 0;
        }, "the event is forgotten");

        Assert.InRange(_time.GetUtcNow() - new ManualTime().GetUtcNow(), TimeSpan.FromDays(2), TimeSpan.FromDays(20));
        await host.StopAsync();
    }

    private static async Task<long> InBackupAsync(IHost host) =>
        (await host.Services.GetRequiredService<IStoreBackup>().WriteAsync(Stream.Null)).Waiting;

    private async Task<IHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Ecosystem.Catalog", ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddDocumentStore(Clinic.Type);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static async Task SaveAsync(IHost host, Clinic clinic)
    {
        await using var session = host.Services.GetRequiredService<IDocumentStore>().OpenSession();
        session.Store(clinic);
        await session.SaveChangesAsync();
    }
}
