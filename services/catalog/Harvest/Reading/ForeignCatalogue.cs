using Ecosystem.Catalog.Import;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Harvest.Reading;

/// <summary>Everything that a source has, read to its end.</summary>
internal sealed class ForeignCatalogue
{
    private readonly List<KnownPage> _pages = [];
    private readonly List<(DcatRecord Record, string Page)> _records = [];
    private readonly List<(RdfProblem Problem, string Page)> _problems = [];

    public IReadOnlyList<KnownPage> Pages => _pages;

    public IReadOnlyList<(DcatRecord Record, string Page)> Records => _records;

    /// <summary>Statements that could not be read.</summary>
    public IReadOnlyList<(RdfProblem Problem, string Page)> Problems => _problems;

    public void Add(Uri page, string? etag, RdfReading reading, IEnumerable<DcatRecord> records)
    {
        _pages.Add(new KnownPage(page.AbsoluteUri, etag));
        _problems.AddRange(reading.Problems.Select(p => (p, page.AbsoluteUri)));
        _records.AddRange(records.Select(r => (r, page.AbsoluteUri)));
    }
}
