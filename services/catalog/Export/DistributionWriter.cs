using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Export;

/// <summary>Paths to the data, to samples and to analytics: all of them dcat:Distribution.</summary>
internal sealed class DistributionWriter(Statements statements)
{
    /// <param name="dataset">Whose distribution it is.</param>
    /// <param name="property">What kind of path it is.</param>
    /// <param name="distribution">The path.</param>
    /// <param name="legislation">The law that applies to the data set; HealthDCAT-AP wants it named of every distribution as well.</param>
    public void Write(Term dataset, Iri property, Distribution distribution, IEnumerable<string> legislation)
    {
        Distribution said = distribution.Clone();
        said.Reachability = null;
        if (said.ApplicableLegislation.Count == 0)
        {
            said.ApplicableLegislation.AddRange(legislation);
        }

        (Term node, bool isNew) = statements.Name(said.Iri, said);
        statements.Add(dataset, property, node);
        if (isNew)
        {
            Describe(node, said);
        }
    }

    private void Describe(Term node, Distribution path)
    {
        statements.Add(node, Dcat.Type, Dcat.DistributionClass);
        statements.Text(node, Dcat.Title, path.Title);
        statements.Text(node, Dcat.Description, path.Description);
        statements.References(node, Dcat.Legislation, path.ApplicableLegislation);
        statements.Reference(node, Dcat.AccessUrl, path.AccessUrl);
        statements.Reference(node, Dcat.DownloadUrl, path.DownloadUrl);
        statements.Reference(node, Dcat.License, path.License);
        statements.Reference(node, Dcat.Format, path.Format);
        statements.Reference(node, Dcat.MediaType, path.MediaType);
        statements.Reference(node, Dcat.CompressFormat, path.CompressFormat);
        statements.Reference(node, Dcat.PackageFormat, path.PackageFormat);
        statements.References(node, Dcat.Language, path.Languages);
        statements.Count(node, Dcat.ByteSize, path.ByteSize > 0, path.ByteSize);
        statements.Reference(node, Dcat.Status, path.Status);
        bool isGerman = path.Availability.StartsWith(Dcat.GermanAvailability, StringComparison.Ordinal);
        statements.Reference(node, isGerman ? Dcat.PlannedAvailability : Dcat.Availability, path.Availability);
        statements.Statement(node, Dcat.Rights, Dcat.RightsStatement, path.Rights);
        statements.References(node, Dcat.ConformsTo, path.ConformsTo);
        statements.References(node, Dcat.Page, path.Pages);
        statements.Instant(node, Dcat.Issued, path.Issued);
        statements.Instant(node, Dcat.Modified, path.Modified);
        statements.Typed(node, Dcat.TemporalResolution, path.TemporalResolution, "duration");
        statements.Decimal(node, Dcat.SpatialResolution, path.HasSpatialResolutionInMeters, path.SpatialResolutionInMeters);
        statements.Text(node, Dcat.Attribution, path.Attribution);
        if (path.Checksum is { } checksum)
        {
            BlankNode sum = statements.Node(node, Dcat.Checksum, Dcat.ChecksumClass);
            statements.Reference(sum, Dcat.ChecksumAlgorithm, checksum.Algorithm);
            statements.Typed(sum, Dcat.ChecksumValue, checksum.Value, "hexBinary");
        }
    }
}
