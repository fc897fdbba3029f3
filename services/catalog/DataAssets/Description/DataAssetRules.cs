using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Which values a description of data may hold, complete or not. What must be there to publish it, <see cref="DescriptionItems"/> say.</summary>
internal static class DataAssetRules
{
    private static readonly HashSet<string> SetByTheCatalogue =
    [
        "id", "etag", "holder", "offer", "create_time", "update_time", "state_reason", "state_time", "check_time", "check_due", "completeness",
    ];

    /// <summary>The fields that the holder decides on; all others are the catalogue's.</summary>
    public static readonly IReadOnlySet<string> Settable =
        DataAsset.Descriptor.Fields.InDeclarationOrder().Select(f => f.Name).Where(name => !SetByTheCatalogue.Contains(name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Everything that keeps an asset from being saved in the state it names.</summary>
    public static void CheckAll(DataAsset asset, Violations violations)
    {
        Check(asset, violations);
        if (asset.State == PublicationState.Draft)
        {
            DescriptionItems.CheckDraft(asset, violations);
        }
        else
        {
            DescriptionItems.CheckRequired(asset, violations);
        }
    }

    /// <summary>Wrong values, in the order of the contract.</summary>
    public static void Check(DataAsset asset, Violations violations)
    {
        NeverData.Check(asset, Settable, violations);
        violations.CheckTimes(asset, Settable);
        CheckNames(asset, violations);
        CheckProtection(asset, violations);
        AgentRules.CheckAll(asset, violations);
        CoverageRules.CheckAll(asset, violations);
        DistributionRules.CheckAll(asset, violations);
        CheckLawfulness(asset, violations);
        VariableRules.CheckAll(asset, violations);
        QualityRules.CheckAll(asset, violations);
        CheckRelations(asset, violations);
        violations.Unless(
            Enum.IsDefined(asset.State),
            "state",
            "Use PUBLICATION_STATE_DRAFT or PUBLICATION_STATE_PUBLISHED.",
            "Verwenden Sie PUBLICATION_STATE_DRAFT (Entwurf) oder PUBLICATION_STATE_PUBLISHED (veröffentlicht).");
    }

    private static void CheckNames(DataAsset asset, Violations violations)
    {
        violations.CheckIri("iri", asset.Iri);
        violations.CheckLine("identifier", asset.Identifier, 500);
        violations.CheckWords("other_identifiers", asset.OtherIdentifiers, 500);
        violations.CheckText("title", asset.Title, 300);
        violations.CheckText("description", asset.Description, 20_000);
        violations.CheckTexts("alternative_titles", asset.AlternativeTitles, 300);
        violations.CheckKeywords("keywords", asset.Keywords);
        violations.CheckIris("themes", asset.Themes);
        violations.CheckIris("health_categories", asset.HealthCategories);
        violations.CheckIris("health_themes", asset.HealthThemes);
        violations.CheckIris("types", asset.Types_);
        violations.CheckThemes("data_space_themes", asset.DataSpaceThemes);
        violations.CheckWords("modalities", asset.Modalities, 100);
        violations.CheckWords("languages", asset.Languages, 300);
        violations.CheckWebAddress("landing_page", asset.LandingPage);
        violations.CheckIris("pages", asset.Pages);
        violations.CheckIris("contributor_ids", asset.ContributorIds);
        violations.CheckLine("data_version", asset.DataVersion, 100);
        violations.CheckText("version_notes", asset.VersionNotes, 20_000);
    }

    private static void CheckProtection(DataAsset asset, Violations violations)
    {
        violations.Unless(Enum.IsDefined(asset.ProtectionNeed), "protection_need", "This protection need is not known.", "Dieser Schutzbedarf ist nicht bekannt.");
        violations.Unless(
            asset.ProtectionNeed is not (ProtectionNeed.High or ProtectionNeed.VeryHigh) || !string.IsNullOrWhiteSpace(asset.ProtectionReason),
            "protection_reason",
            "A high or very high protection need must be explained, for example 'pseudonymised health data'.",
            "Ein hoher oder sehr hoher Schutzbedarf ist zu begründen, zum Beispiel mit 'pseudonymisierte Gesundheitsdaten'.");
        violations.CheckLine("protection_reason", asset.ProtectionReason, 2_000);
        violations.Unless(Enum.IsDefined(asset.AccessRights), "access_rights", "These access rights are not known.", "Diese Zugangsrechte sind nicht bekannt.");
        violations.Unless(
            asset.AccessRights != AccessRights.Public || asset.ProtectionNeed != ProtectionNeed.VeryHigh,
            "access_rights",
            "Data with a very high protection need cannot be public.",
            "Daten mit sehr hohem Schutzbedarf können nicht öffentlich sein.");
        violations.CheckIri("license", asset.License);
    }

    private static void CheckLawfulness(DataAsset asset, Violations violations)
    {
        violations.CheckIris("applicable_legislation", asset.ApplicableLegislation);
        violations.CheckCount("legal_bases", asset.LegalBases.Count);
        violations.CheckCount("purposes", asset.Purposes.Count);
        violations.CheckIris("personal_data", asset.PersonalData);
        violations.CheckPeriod("retention_period", asset.RetentionPeriod);
        for (int i = 0; i < asset.LegalBases.Count; i++)
        {
            violations.CheckIri($"legal_bases[{i}].iri", asset.LegalBases[i].Iri);
            violations.CheckIri($"legal_bases[{i}].source", asset.LegalBases[i].Source);
            violations.CheckText($"legal_bases[{i}].description", asset.LegalBases[i].Description, 20_000);
        }

        for (int i = 0; i < asset.Purposes.Count; i++)
        {
            violations.CheckIri($"purposes[{i}].iri", asset.Purposes[i].Iri);
            violations.CheckText($"purposes[{i}].description", asset.Purposes[i].Description, 20_000);
        }
    }

    private static void CheckRelations(DataAsset asset, Violations violations)
    {
        violations.CheckTexts("provenance", asset.Provenance, 20_000);
        violations.CheckCount("generated_by", asset.GeneratedBy.Count);
        for (int i = 0; i < asset.GeneratedBy.Count; i++)
        {
            violations.CheckText($"generated_by[{i}].label", asset.GeneratedBy[i].Label, 2_000);
            violations.CheckIri($"generated_by[{i}].type", asset.GeneratedBy[i].Type);
            violations.CheckIri($"generated_by[{i}].iri", asset.GeneratedBy[i].Iri);
        }

        violations.CheckCount("relations", asset.Relations.Count);
        for (int i = 0; i < asset.Relations.Count; i++)
        {
            string target = asset.Relations[i].Target;
            violations.Unless(
                Guid.TryParseExact(target, "D", out _) || AddressRules.IsIri(target),
                $"relations[{i}].target",
                "Name the other end by its IRI or by the id of an asset in this catalogue.",
                "Nennen Sie das Ziel mit seiner IRI oder mit der Kennung eines Datenbestands in diesem Katalog.");
            violations.Unless(Enum.IsDefined(asset.Relations[i].Kind), $"relations[{i}].kind", "This kind of relation is not known.", "Diese Art von Beziehung ist nicht bekannt.");
            violations.CheckText($"relations[{i}].note", asset.Relations[i].Note, 2_000);
        }
    }
}
