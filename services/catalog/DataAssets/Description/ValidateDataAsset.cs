using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Severity = Ecosystem.Catalog.V1.Finding.Types.Severity;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>A holder hears, while writing, what is wrong, what is missing and what would help.</summary>
internal sealed class ValidateDataAsset(RegionalFacts region)
{
    public ValidateDataAssetResponse Handle(ValidateDataAssetRequest request)
    {
        DataAsset asset = request.DataAsset?.Clone() ?? new DataAsset();
        region.Complete(asset);
        var violations = new Violations();
        DataAssetRules.Check(asset, violations);
        DescriptionItems.CheckRequired(asset, violations);
        DescriptionItems.Recommend(asset, violations);
        bool isSound = violations.Findings.All(f => f.Severity != Severity.Wrong);
        return new ValidateDataAssetResponse
        {
            Findings = { violations.Findings },
            CanBeSaved = isSound && asset.Title?.Values.Count > 0,
            CanBePublished = isSound && violations.Findings.All(f => f.Severity != Severity.Required),
            Completeness = DescriptionItems.CompletenessOf(asset),
        };
    }
}
