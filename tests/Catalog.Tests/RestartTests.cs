using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>The search index on disk: read back at a restart, caught up with the store, and made anew where it is damaged or behind.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly KeepingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_found_before_a_restart_is_found_after_it()
    {
        DataAsset kept = await CreateAsync("Quittenernte");
        DataAsset changed = await CreateAsync("Pflaumenernte");
        DataAsset withdrawn = await CreateAsync("Mirabellenernte");

        await _host.RestartAsync();
        Assert.True(Directory.Exists(_host.IndexFolder));
        changed.Title = Text("Mispelernte");
        await _host.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = changed, UpdateMask = FieldMask.FromString("title") });
        await _host.DataAssets(TestTokens.Holder).TransitionDataAssetAsync(new()
        {
            Id = withdrawn.Id, Etag = withdrawn.Etag, State = PublicationState.Withdrawn, Reason = Text("Wird nicht mehr erhoben."),
        });
        await _host.RestartAsync();

        Assert.Equal([kept.Id], await FoundAsync("Quittenernte"));
        Assert.Equal([changed.Id], await FoundAsync("Mispelernte"));
        Assert.Empty(await FoundAsync("Mirabellenernte"));
        Assert.Empty(await FoundAsync("Pflaumenernte"));
    }

    [Fact]
    public async Task Changes_that_were_never_saved_to_the_index_are_read_from_the_store()
    {
        await CreateAsync("Quittenernte");
        await _host.RestartAndRememberAsync();
        DataAsset late = await CreateAsync("Mispelernte");

        await _host.KillAsync();

        Assert.Equal([late.Id], await FoundAsync("Mispelernte"));
        Assert.Equal(2, _host.Service<DataAssetIndex>().Index.Count);
    }

    [Fact]
    public async Task A_damaged_index_is_built_from_the_documents()
    {
        DataAsset asset = await CreateAsync("Quittenernte");

        await _host.RestartAsync(folder =>
        {
            foreach (string file in Directory.EnumerateFiles(folder)) File.WriteAllText(file, "no index");
        });

        Assert.Equal([asset.Id], await FoundAsync("Quittenernte"));
    }

    [Fact]
    public async Task An_index_that_holds_what_the_store_does_not_is_built_from_the_documents()
    {
        DataAsset asset = await CreateAsync("Quittenernte");
        DataAsset draft = await _host.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = Draft("Mispelernte") });
        await _host.RestartAndRememberAsync();
        await _host.DataAssets(TestTokens.Holder).DeleteDataAssetAsync(new() { Id = draft.Id });

        await _host.KillAsync();

        Assert.Equal(1, _host.Service<DataAssetIndex>().Index.Count);
        Assert.Equal([asset.Id], await FoundAsync("Quittenernte"));
    }

    [Fact]
    public async Task After_a_backup_was_restored_the_index_is_built_from_its_documents()
    {
        DataAsset renamed = await CreateAsync("Quittenernte");
        await _host.RestartAndBackUpAsync();
        await _host.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = renamed.Id, Title = Text("Mispelernte") } });

        await _host.RestartAndRestoreAsync();

        Assert.Equal([renamed.Id], await FoundAsync("Quittenernte"));
        Assert.Empty(await FoundAsync("Mispelernte"));
        Assert.Equal("Quittenernte", (await _host.DataAssets().GetDataAssetAsync(new() { Id = renamed.Id })).Title.Values["de"]);
    }

    private static DataAsset Draft(string title)
    {
        DataAsset draft = DataAsset(title);
        draft.State = PublicationState.Draft;
        return draft;
    }

    private async Task<DataAsset> CreateAsync(string title) =>
        await _host.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset(title) });

    private async Task<IEnumerable<string>> FoundAsync(string query) =>
        (await _host.DataAssets(TestTokens.Holder).SearchDataAssetsAsync(new() { Query = query })).Hits.Select(hit => hit.DataAsset.Id);

    private sealed class KeepingHost : CatalogHost
    {
        /// <summary>Ends the process, remembers the index it saved, and starts another one.</summary>
        public Task RestartAndRememberAsync() => RestartAsync(folder => CopyFiles(folder, folder + "-before"));

        /// <summary>As if the process had been killed before it could save again: the next one finds the index that was remembered.</summary>
        public Task KillAsync() => RestartAsync(folder =>
        {
            Directory.Delete(folder, recursive: true);
            CopyFiles(folder + "-before", folder);
        });

        /// <summary>Ends the process, keeps its store as it is, and starts another one.</summary>
        public Task RestartAndBackUpAsync() => RestartAsync(folder => CopyStore(StoreOf(folder), StoreOf(folder) + ".backup"));

        /// <summary>Ends the process and brings the store back as it was; the index stays as it is.</summary>
        public Task RestartAndRestoreAsync() => RestartAsync(folder => CopyStore(StoreOf(folder) + ".backup", StoreOf(folder)));

        private static string StoreOf(string folder) => folder[..^"-search".Length];

        /// <summary>A store that nobody has open is one file, or one with a log that was not yet taken in.</summary>
        private static void CopyStore(string from, string to)
        {
            foreach (string part in (string[])["", "-wal", "-shm"])
            {
                File.Delete(to + part);
                if (File.Exists(from + part)) File.Copy(from + part, to + part);
            }
        }

        private static void CopyFiles(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
