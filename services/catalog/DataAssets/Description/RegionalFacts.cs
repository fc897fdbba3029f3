using Ecosystem.Catalog.V1;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Fills in what follows from where and under which law the catalogue runs; what the holder wrote stays.</summary>
internal sealed class RegionalFacts(IOptions<RegionalOptions> options)
{
    /// <summary>Regulation (EU) 2025/327 on the European Health Data Space.</summary>
    public const string EuropeanHealthDataSpace = "http://data.europa.eu/eli/reg/2025/327/oj";

    public void Complete(DataAsset asset)
    {
        if (asset.ApplicableLegislation.Count == 0)
        {
            asset.ApplicableLegislation.Add(EuropeanHealthDataSpace);
        }

        if (asset.Hdab is null && options.Value.HdabName.Length > 0)
        {
            asset.Hdab = new Agent
            {
                Name = options.Value.HdabName,
                Url = options.Value.HdabPage,
                Email = options.Value.HdabEmail,
            };
        }

        if (!asset.HasHasStructuredData && asset.Variables.Count > 0)
        {
            asset.HasStructuredData = true;
        }
    }
}
