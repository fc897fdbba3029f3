using System.Globalization;

namespace Ecosystem.Storage;

/// <summary>The backups of one service in a folder. Their names grow with each, also when the clock goes backwards, so that the newest are the last.</summary>
internal sealed class BackupFolder(string path, string app)
{
    private const string Moment = "yyyyMMdd'T'HHmmss'Z'";
    private const string Ending = ".backup.gz";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(path);

    /// <summary>What a backup is called until it is complete.</summary>
    public string Draft => Path.Combine(_folder.FullName, app + ".draft");

    /// <summary>The name of a backup taken now.</summary>
    public string NameAt(DateTimeOffset now)
    {
        var last = Backups().Select(MomentOf).LastOrDefault();
        var moment = last is { } taken && taken >= now ? taken.AddSeconds(1) : now;
        return Path.Combine(_folder.FullName, $"{app}-{moment.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture)}{Ending}");
    }

    /// <summary>Removes all but the newest.</summary>
    public void Keep(int count)
    {
        foreach (var old in Backups().SkipLast(count))
            old.Delete();
    }

    private IEnumerable<FileInfo> Backups() => _folder.GetFiles($"{app}-*{Ending}").Where(file => MomentOf(file) is not null).OrderBy(MomentOf);

    private DateTimeOffset? MomentOf(FileInfo file) => DateTimeOffset.TryParseExact(
        file.Name[(app.Length + 1)..^Ending.Length], Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
