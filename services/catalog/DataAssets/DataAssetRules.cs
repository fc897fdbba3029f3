using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>What a description of data must and must not say.</summary>
internal static class DataAssetRules
{
    /// <summary>The fields that the holder decides on; all others are the catalogue's.</summary>
    public static readonly IReadOnlySet<string> Settable = new HashSet<string>(StringComparer.Ordinal)
    {
        "identifier", "title", "description", "keywords", "themes", "protection_need", "protection_reason", "access_rights", "license",
        "publisher", "contact", "areas", "temporal", "landing_page", "distributions", "issued", "modified", "modalities", "state",
    };

    public static void Check(DataAsset asset, Violations violations)
    {
        violations.RequireText("title", asset.Title, 300);
        violations.RequireText("description", asset.Description, 20_000);
        violations.CheckLine("identifier", asset.Identifier, 500);
        CheckKeywords(asset, violations);
        violations.CheckIris("themes", asset.Themes);
        CheckProtection(asset, violations);
        violations.Unless(
            asset.AccessRights is AccessRights.Public or AccessRights.Restricted or AccessRights.NonPublic,
            "access_rights",
            "Say who may get at the data: ACCESS_RIGHTS_PUBLIC, ACCESS_RIGHTS_RESTRICTED or ACCESS_RIGHTS_NON_PUBLIC.");
        violations.CheckIri("license", asset.License);
        violations.CheckAgent("publisher", asset.Publisher);
        violations.CheckAgent("contact", asset.Contact);
        violations.CheckAreas("areas", asset.Areas);
        violations.Unless(
            asset.Temporal is not { Start: { } start, End: { } end } || start < end,
            "temporal.end",
            "The period must end after it starts.");
        violations.CheckWebAddress("landing_page", asset.LandingPage);
        violations.CheckCount("distributions", asset.Distributions.Count);
        for (int i = 0; i < asset.Distributions.Count; i++)
        {
            CheckDistribution($"distributions[{i}]", asset.Distributions[i], violations);
        }

        violations.CheckWords("modalities", asset.Modalities, 100);
        violations.Unless(Enum.IsDefined(asset.State), "state", "Use PUBLICATION_STATE_DRAFT or PUBLICATION_STATE_PUBLISHED.");
    }

    /// <summary>Others may already rely on what is published.</summary>
    public static void CheckChangeOfState(PublicationState before, PublicationState after, Violations violations) =>
        violations.Unless(
            before != PublicationState.Published || after == PublicationState.Published,
            "state",
            "A published asset cannot become a draft again, because others may rely on it.");

    private static void CheckKeywords(DataAsset asset, Violations violations)
    {
        violations.CheckCount("keywords", asset.Keywords.Count);
        for (int i = 0; i < asset.Keywords.Count; i++)
        {
            violations.Unless(!string.IsNullOrWhiteSpace(asset.Keywords[i].Text), $"keywords[{i}].text", "The keyword is empty; leave it out instead.");
            violations.CheckLine($"keywords[{i}].text", asset.Keywords[i].Text, 300);
        }
    }

    private static void CheckProtection(DataAsset asset, Violations violations)
    {
        violations.Unless(
            asset.ProtectionNeed is ProtectionNeed.Normal or ProtectionNeed.High or ProtectionNeed.VeryHigh,
            "protection_need",
            "Say how well the data must be protected (Schutzbedarf): PROTECTION_NEED_NORMAL, PROTECTION_NEED_HIGH or PROTECTION_NEED_VERY_HIGH.");
        violations.Unless(
            asset.ProtectionNeed is not (ProtectionNeed.High or ProtectionNeed.VeryHigh) || !string.IsNullOrWhiteSpace(asset.ProtectionReason),
            "protection_reason",
            "A high or very high protection need must be explained, for example 'pseudonymised health data'.");
        violations.CheckLine("protection_reason", asset.ProtectionReason, 2_000);
        violations.Unless(
            asset.AccessRights != AccessRights.Public || asset.ProtectionNeed != ProtectionNeed.VeryHigh,
            "access_rights",
            "Data with a very high protection need cannot be public.");
    }

    private static void CheckDistribution(string field, Distribution distribution, Violations violations)
    {
        violations.CheckIri($"{field}.iri", distribution.Iri);
        violations.CheckText($"{field}.title", distribution.Title, 300);
        violations.CheckText($"{field}.description", distribution.Description, 20_000);
        violations.Unless(distribution.AccessUrl.Length > 0, $"{field}.access_url", "The address where the data or their connector are reached is required.");
        violations.CheckWebAddress($"{field}.access_url", distribution.AccessUrl);
        violations.CheckWebAddress($"{field}.download_url", distribution.DownloadUrl);
        violations.CheckIri($"{field}.license", distribution.License);
        violations.CheckLine($"{field}.format", distribution.Format, 300);
        violations.CheckWords($"{field}.languages", distribution.Languages, 300);
        violations.Unless(distribution.ByteSize >= 0, $"{field}.byte_size", "A size cannot be negative.");
        violations.CheckLine($"{field}.attribution", distribution.Attribution, 2_000);
    }
}
