using System.Diagnostics;
using System.Globalization;

namespace Ecosystem.Search.Tests.Disk;

/// <summary>Whenever the process is killed, the folder holds the state before or after a save, never a part of one.</summary>
public sealed class KilledWhileSavingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-search-");

    /// <summary>FAULT_SEED repeats a run, FAULT_KILLS makes it longer.</summary>
    private static readonly Random Chance = new(int.Parse(Environment.GetEnvironmentVariable("FAULT_SEED") ?? "5", CultureInfo.InvariantCulture));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_old_or_the_new_state_is_there()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("FAULT_KILLS") ?? "6", CultureInfo.InvariantCulture);
        for (int kill = 0; kill < kills; kill++)
        {
            long told = await SaveUntilKilledAsync(saves: Chance.Next(1, 8), spins: Chance.Next(0, 2_000_000));

            SavedIndex saved = SavingProcess.FolderAt(_folder.FullName).Load();

            Assert.Null(saved.Problem);
            Assert.True(saved.Position >= told, $"generation {told} was saved, and {saved.Position} is there");
            SearchResult all = saved.Index!.Search(new SearchQuery { Facets = ["generation"], PageSize = 0 });
            Assert.Equal([new FacetCount(saved.Position.ToString(CultureInfo.InvariantCulture), SavingProcess.Documents)], all.Facets["generation"]);
            Assert.Equal(SavingProcess.Documents, saved.Index.Search(new SearchQuery { Text = $"\"Stand {saved.Position}\"" }).TotalHits);
        }
    }

    /// <summary>Kills it after so many saves and a moment more; the last generation it said it had saved.</summary>
    private async Task<long> SaveUntilKilledAsync(int saves, int spins)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SavingProcess).Assembly.Location, "save", _folder.FullName])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        try
        {
            long told = 0;
            for (int save = 0; save < saves; save++)
            {
                string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process ended by itself.");
                told = long.Parse(line, CultureInfo.InvariantCulture);
            }
            Thread.SpinWait(spins);
            return told;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
