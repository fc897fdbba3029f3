using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>How much each signal counts; together 1. What the asked item does not state leaves its weight to the others.</summary>
internal sealed record SignalWeights(double Text, double Themes, double Modalities, double Areas)
{
    /// <summary>What counts until people's answers say better.</summary>
    public static readonly SignalWeights Untuned = new(0.5, 0.2, 0.2, 0.1);

    /// <summary>The weights for what this item states and partners of this kind can state.</summary>
    public SignalWeights For(Item asked, ItemKind wanted)
    {
        bool taxonomy = Kinds.StatesTaxonomy(wanted);
        var stated = new SignalWeights(
            Text, taxonomy && asked.Themes.Count > 0 ? Themes : 0, taxonomy && asked.Modalities.Count > 0 ? Modalities : 0, asked.Areas.Count > 0 ? Areas : 0);
        double all = stated.Text + stated.Themes + stated.Modalities + stated.Areas;
        return all <= 0 ? stated with { Text = 1 } : new SignalWeights(stated.Text / all, stated.Themes / all, stated.Modalities / all, stated.Areas / all);
    }
}

/// <summary>How far each signal speaks for a pair, 0 to 1; null where the asked item states nothing that could.</summary>
internal sealed record PairSignals(double Text, double? Themes, double? Modalities, double? Areas);

/// <summary>What counts at present and which version that is; 0 is what counts until people's answers say better.</summary>
internal sealed record Ranking(long Version, SignalWeights Weights, Acceptance Acceptance, Calibration Calibration)
{
    public static readonly Ranking Untuned = new(0, SignalWeights.Untuned, Acceptance.Untuned, Calibration.Untuned);
}
