namespace Ecosystem.Catalog.Harvest;

/// <summary>How other catalogues are harvested (section <c>Catalog:Harvest</c>).</summary>
internal sealed class HarvestOptions
{
    public const string Section = "Catalog:Harvest";

    /// <summary>Whether sources are harvested on their schedule. Runs that an operator asks for always take place.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often the schedule is looked at.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether addresses of private networks and of this machine may be read: for tests, and where every operator is trusted with that.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long one page may take, from the first byte asked to the last one read.</summary>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait between two pages; a longer Crawl-delay of the source is kept, up to a minute.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest page, in bytes.</summary>
    public int MaxPageBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Most pages of one catalogue.</summary>
    public int MaxPages { get; init; } = 5_000;

    /// <summary>Most data sets of one catalogue; all of them are held until the last page is read.</summary>
    public int MaxRecords { get; init; } = 200_000;
}
