using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>Paths to data, samples and analytics.</summary>
internal sealed class DistributionReader(Graph graph)
{
    /// <summary>Properties of a distribution that the catalogue has a field for.</summary>
    private static readonly HashSet<Iri> Known =
    [
        Dcat.Type, Dcat.Title, Dcat.Description, Dcat.AccessUrl, Dcat.DownloadUrl, Dcat.License, Dcat.Format, Dcat.MediaType, Dcat.CompressFormat,
        Dcat.PackageFormat, Dcat.Language, Dcat.ByteSize, Dcat.Issued, Dcat.Modified, Dcat.Attribution, Dcat.Status, Dcat.Availability,
        Dcat.PlannedAvailability, Dcat.Rights, Dcat.ConformsTo, Dcat.Page, Dcat.Legislation, Dcat.TemporalResolution, Dcat.SpatialResolution, Dcat.Checksum,
    ];

    /// <param name="subject">Whose distributions they are.</param>
    /// <param name="property">What kind of path they are.</param>
    /// <param name="legislation">What applies to the data set anyway.</param>
    /// <param name="remarks">What has to be said about the translation.</param>
    public IEnumerable<Distribution> Read(Term subject, Iri property, IReadOnlyCollection<string> legislation, List<string> remarks)
    {
        foreach (Term node in graph.Objects(subject, property))
        {
            string name = (node as Iri)?.Value ?? "without a name";
            if (graph.About(node).Count == 0)
            {
                remarks.Add($"The distribution {name} is mentioned but not described; it was left out.");
                continue;
            }

            Distribution path = Path(node, remarks);
            if (path.AccessUrl.Length == 0)
            {
                remarks.Add($"The distribution {name} gives no address (accessURL); it was left out.");
                continue;
            }

            string[] own = [.. graph.Texts(node, Dcat.Legislation)];
            path.ApplicableLegislation.AddRange(own.ToHashSet().SetEquals(legislation) ? [] : own);
            yield return path;
        }
    }

    /// <summary>What the distributions of a data set say that the catalogue has no field for.</summary>
    public IEnumerable<Iri> WithoutField(Term subject) =>
        graph.Objects(subject, Dcat.Distribution).SelectMany(graph.About).Select(t => t.Predicate).Where(p => !Known.Contains(p));

    private Distribution Path(Term node, List<string> remarks)
    {
        string mediaType = graph.Names(node, Dcat.MediaType).FirstOrDefault() ?? string.Empty;
        var path = new Distribution
        {
            Iri = (node as Iri)?.Value ?? string.Empty,
            Title = graph.Localized(node, Dcat.Title),
            Description = graph.Localized(node, Dcat.Description),
            AccessUrl = graph.Text(node, Dcat.AccessUrl),
            DownloadUrl = graph.Text(node, Dcat.DownloadUrl),
            License = graph.Text(node, Dcat.License),
            Format = graph.Names(node, Dcat.Format).FirstOrDefault() ?? string.Empty,
            MediaType = mediaType,
            CompressFormat = graph.Names(node, Dcat.CompressFormat).FirstOrDefault() ?? string.Empty,
            PackageFormat = graph.Names(node, Dcat.PackageFormat).FirstOrDefault() ?? string.Empty,
            Status = graph.Text(node, Dcat.Status),
            Availability = graph.Text(node, Dcat.Availability) is { Length: > 0 } planned ? planned : graph.Text(node, Dcat.PlannedAvailability),
            Rights = graph.Objects(node, Dcat.Rights).Select(r => graph.Localized(r, Dcat.Label)).FirstOrDefault(),
            Issued = graph.Instant(node, Dcat.Issued, remarks),
            Modified = graph.Instant(node, Dcat.Modified, remarks),
            Attribution = graph.Text(node, Dcat.Attribution),
            ByteSize = graph.Count(node, Dcat.ByteSize, remarks) ?? 0,
            TemporalResolution = graph.Text(node, Dcat.TemporalResolution),
            Checksum = graph.Objects(node, Dcat.Checksum).Select(ChecksumOf).FirstOrDefault(),
        };
        path.Languages.AddRange(graph.Names(node, Dcat.Language));
        path.ConformsTo.AddRange(graph.Texts(node, Dcat.ConformsTo));
        path.Pages.AddRange(graph.Texts(node, Dcat.Page));
        if (graph.Measure(node, Dcat.SpatialResolution, remarks) is { } metres)
        {
            path.SpatialResolutionInMeters = metres;
        }

        return path;
    }

    private Checksum ChecksumOf(Term node) => new()
    {
        Algorithm = graph.Text(node, Dcat.ChecksumAlgorithm),
#pragma warning disable CA1308 // hex digits are written in lower case in the contract
        Value = graph.Text(node, Dcat.ChecksumValue).ToLowerInvariant(),
#pragma warning restore CA1308
    };
}
