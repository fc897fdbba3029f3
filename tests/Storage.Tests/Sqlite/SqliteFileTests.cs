using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Tests;

/// <summary>What a service does when its file is not what it should be: it says so and leaves the file alone.</summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly SqlitePlace _place = new();

    public async Task InitializeAsync()
    {
        await using var store = await _place.OpenAsync(Clinic.Type);
        for (var i = 0; i < 200; i++)
            await store.SaveAsync(new Clinic { Id = $"c{i:000}", City = new string('x', 200), Themes = { "t" } });
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task A_damaged_page_is_found_at_start()
    {
        await using (var file = new FileStream(_place.Path, FileMode.Open))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 20_000).ToArray());
        }

        await IsRefusedAsync("is damaged");
    }

    [Fact]
    public async Task A_file_that_is_cut_short_is_found_at_start()
    {
        await using (var file = new FileStream(_place.Path, FileMode.Open))
            file.SetLength(file.Length / 2);

        await IsRefusedAsync("is damaged");
    }

    [Fact]
    public async Task An_empty_file_is_damage_and_not_a_new_store()
    {
        await File.WriteAllBytesAsync(_place.Path, []);
        await IsRefusedAsync("it is empty");
    }

    [Fact]
    public async Task A_file_that_is_something_else_is_refused()
    {
        await File.WriteAllTextAsync(_place.Path, "This is a letter, not a database. " + new string('x', 5000));
        await IsRefusedAsync("is damaged");
    }

    [Fact]
    public async Task A_lost_file_whose_log_is_left_is_damage_and_not_a_new_store()
    {
        File.Delete(_place.Path);
        await File.WriteAllTextAsync(_place.Path + "-wal", "x");

        var refusal = await Assert.ThrowsAsync<StoreDamagedException>(() => _place.OpenAsync(Clinic.Type));

        Assert.Contains("write-ahead log", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_place.Path));
    }

    [Fact]
    public async Task Somebody_elses_database_is_refused()
    {
        File.Delete(_place.Path);
        ChangeFile("CREATE TABLE t (x)");
        await IsRefusedAsync("not a document store");
    }

    [Fact]
    public async Task A_layout_of_a_newer_release_is_refused()
    {
        ChangeFile("PRAGMA user_version = 99");
        await IsRefusedAsync("newer release");
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused_with_the_fix()
    {
        await using var first = await _place.OpenAsync(Clinic.Type);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => _place.OpenAsync(Clinic.Type));

        Assert.Contains("Storage:Path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_made_file_of_a_start_that_died_is_no_obstacle()
    {
        File.Delete(_place.Path);
        await File.WriteAllTextAsync(_place.Path + ".new", "half");
        await using var store = await _place.OpenAsync(Clinic.Type);
        await store.SaveAsync(new Clinic { Id = "c1" });
    }

    private void ChangeFile(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_place.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task IsRefusedAsync(string reason)
    {
        var before = await File.ReadAllBytesAsync(_place.Path);

        var refusal = await Assert.ThrowsAsync<StoreDamagedException>(() => _place.OpenAsync(Clinic.Type));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_place.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_place.Path));
    }
}
