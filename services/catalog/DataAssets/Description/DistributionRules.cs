using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Paths to data, samples and analytics.</summary>
internal static class DistributionRules
{
    public static void CheckAll(DataAsset asset, Violations violations)
    {
        CheckEach("distributions", asset.Distributions, violations);
        CheckEach("samples", asset.Samples, violations);
        CheckEach("analytics", asset.Analytics, violations);
    }

    private static void CheckEach(string field, RepeatedField<Distribution> distributions, Violations violations)
    {
        violations.CheckCount(field, distributions.Count);
        for (int i = 0; i < distributions.Count; i++)
        {
            Check($"{field}[{i}]", distributions[i], violations);
        }
    }

    private static void Check(string field, Distribution distribution, Violations violations)
    {
        violations.CheckIri($"{field}.iri", distribution.Iri);
        violations.CheckText($"{field}.title", distribution.Title, 300);
        violations.CheckText($"{field}.description", distribution.Description, 20_000);
        violations.Unless(
            distribution.AccessUrl.Length > 0,
            $"{field}.access_url",
            "The address where the data or their connector are reached is required.",
            "Nötig ist die Adresse, unter der die Daten oder ihr Konnektor zu erreichen sind.");
        violations.CheckWebAddress($"{field}.access_url", distribution.AccessUrl);
        violations.CheckWebAddress($"{field}.download_url", distribution.DownloadUrl);
        violations.CheckWebAddress($"{field}.connector_address", distribution.ConnectorAddress);
        violations.CheckIri($"{field}.license", distribution.License);
        violations.CheckLine($"{field}.format", distribution.Format, 300);
        violations.CheckLine($"{field}.media_type", distribution.MediaType, 300);
        violations.CheckLine($"{field}.compress_format", distribution.CompressFormat, 300);
        violations.CheckLine($"{field}.package_format", distribution.PackageFormat, 300);
        violations.CheckIri($"{field}.status", distribution.Status);
        violations.CheckIri($"{field}.availability", distribution.Availability);
        violations.CheckText($"{field}.rights", distribution.Rights, 20_000);
        violations.CheckIris($"{field}.applicable_legislation", distribution.ApplicableLegislation);
        violations.CheckIris($"{field}.conforms_to", distribution.ConformsTo);
        violations.CheckIris($"{field}.pages", distribution.Pages);
        violations.CheckWords($"{field}.languages", distribution.Languages, 300);
        violations.CheckNotNegative($"{field}.byte_size", distribution.ByteSize);
        violations.CheckLine($"{field}.attribution", distribution.Attribution, 2_000);
        violations.CheckDuration($"{field}.temporal_resolution", distribution.TemporalResolution);
        violations.CheckNotNegative($"{field}.spatial_resolution_in_meters", distribution.SpatialResolutionInMeters);
        CheckChecksum($"{field}.checksum", distribution.Checksum, violations);
    }

    private static void CheckChecksum(string field, Checksum? checksum, Violations violations)
    {
        if (checksum is not null)
        {
            violations.Unless(
                AddressRules.IsIri(checksum.Algorithm),
                $"{field}.algorithm",
                "Name the algorithm by its IRI, for example http://spdx.org/rdf/terms#checksumAlgorithm_sha256.",
                "Nennen Sie das Verfahren mit seiner IRI, zum Beispiel http://spdx.org/rdf/terms#checksumAlgorithm_sha256.");
            violations.Unless(
                checksum.Value.Length is > 0 and <= 256 && checksum.Value.Length % 2 == 0 && checksum.Value.All(char.IsAsciiHexDigitLower),
                $"{field}.value",
                "Give the checksum in lower-case hex digits.",
                "Geben Sie die Prüfsumme in kleinen Hexadezimalziffern an.");
        }
    }
}
