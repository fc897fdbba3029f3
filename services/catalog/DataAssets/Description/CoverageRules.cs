using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Where, when and whom the data cover.</summary>
internal static class CoverageRules
{
    private const int OldestAge = 130;

    public static void CheckAll(DataAsset asset, Violations violations)
    {
        violations.CheckAreas("areas", asset.Areas);
        violations.CheckIris("places", asset.Places);
        violations.CheckPeriod("temporal", asset.Temporal);
        violations.CheckDuration("temporal_resolution", asset.TemporalResolution);
        violations.CheckIri("frequency", asset.Frequency);
        if (asset.HasSpatialResolutionInMeters)
        {
            violations.CheckNotNegative("spatial_resolution_in_meters", asset.SpatialResolutionInMeters);
        }

        violations.CheckNotNegative("number_of_records", asset.NumberOfRecords);
        CheckPopulation(asset.Population ?? new Population(), violations);
        violations.Unless(
            asset is not { HasNumberOfRecords: true, NumberOfRecords: 0, Population.UniqueIndividuals: > 0 },
            "number_of_records",
            "There cannot be people in the data without any record.",
            "Ohne einen Datensatz können keine Personen in den Daten sein.");
    }

    private static void CheckPopulation(Population population, Violations violations)
    {
        violations.CheckText("population.coverage", population.Coverage, 20_000);
        violations.CheckNotNegative("population.unique_individuals", population.UniqueIndividuals);
        CheckAge("population.min_typical_age", population.MinTypicalAge, violations);
        CheckAge("population.max_typical_age", population.MaxTypicalAge, violations);
        violations.Unless(
            !population.HasMinTypicalAge || !population.HasMaxTypicalAge || population.MinTypicalAge <= population.MaxTypicalAge,
            "population.max_typical_age",
            "The highest typical age is below the lowest one.",
            "Das höchste typische Alter liegt unter dem niedrigsten.");
    }

    private static void CheckAge(string field, int age, Violations violations) =>
        violations.Unless(
            age is >= 0 and <= OldestAge,
            field,
            $"An age lies between 0 and {OldestAge} years.",
            $"Ein Alter liegt zwischen 0 und {OldestAge} Jahren.");
}
