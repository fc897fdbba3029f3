using Ecosystem.Catalog.V1;
using Ecosystem.Matching.V1;
using Ecosystem.Odrl;

namespace Ecosystem.Matching.Proposals;

/// <summary>Compares the terms of a data asset with a purpose, before anybody's hopes are raised.</summary>
internal static class PolicyCheck
{
    /// <summary>Of data that matching has not heard of, or no longer.</summary>
    public static PolicyVerdict NotKnown => Verdict(PolicyVerdict.Types.Kind.Unknown,
        "Diese Daten werden im Katalog nicht (mehr) angeboten.",
        "The catalogue does not offer these data (any more).");

    /// <summary>Where nobody says what the data would be used for.</summary>
    public static PolicyVerdict NoPurpose => Verdict(PolicyVerdict.Types.Kind.Unknown,
        "Niemand sagt, wofür die Daten genutzt würden. Nennen Sie einen Zweck.",
        "Nobody says what the data would be used for. State a purpose.");

    public static PolicyVerdict Compare(DataAsset asset, string purpose)
    {
        if (Purposes.Find(purpose) is { HealthDataUse: HealthDataUse.Prohibited } prohibited)
        {
            Sentence label = prohibited.Concept.Label;
            return Verdict(PolicyVerdict.Types.Kind.Conflict,
                $"Für den Zweck „{label.German}“ dürfen Gesundheitsdaten nach Art. 54 der EHDS-Verordnung nicht genutzt werden. Wählen Sie einen anderen Zweck.",
                $"Health data must not be used for the purpose '{label.English}' (Art. 54 of the EHDS regulation). Choose another purpose.");
        }
        if (string.IsNullOrWhiteSpace(asset.Offer?.PolicyJson))
        {
            return Verdict(PolicyVerdict.Types.Kind.Unknown,
                "Für diese Daten gibt es noch keine Nutzungsbedingungen. Bitten Sie den Datenhalter, welche anzuhängen.",
                "There are no terms of use for these data yet. Ask the holder to attach some.");
        }
        OdrlPolicy offer;
        try
        {
            offer = OdrlReader.Parse(asset.Offer.PolicyJson);
        }
        catch (OdrlFormatException problem)
        {
            return Verdict(PolicyVerdict.Types.Kind.Unknown,
                $"Die Nutzungsbedingungen lassen sich nicht lesen ({problem.Path}: {problem.Problem.German}) Bitten Sie den Datenhalter, sie zu berichtigen.",
                $"The terms of use cannot be read ({problem.Path}: {problem.Problem.English}) Ask the holder to correct them.");
        }
        return Compare(offer, purpose);
    }

    private static PolicyVerdict Compare(OdrlPolicy offer, string purpose)
    {
        Comparison comparison = PolicyComparison.Allows(offer, purpose, OdrlTerms.Use);
        string german = string.Join(' ', comparison.Reasons.Select(reason => reason.German));
        string english = string.Join(' ', comparison.Reasons.Select(reason => reason.English));
        return comparison.Verdict switch
        {
            Odrl.Verdict.Compatible => Verdict(PolicyVerdict.Types.Kind.Compatible, german, english),
            Odrl.Verdict.Conflict => Verdict(PolicyVerdict.Types.Kind.Conflict,
                $"{german} Wählen Sie einen Zweck, den die Bedingungen erlauben, oder fragen Sie den Datenhalter.",
                $"{english} Choose a purpose that the terms allow, or ask the holder."),
            _ => Verdict(PolicyVerdict.Types.Kind.Unknown,
                $"{german} Fragen Sie den Datenhalter, oder nennen Sie einen genaueren Zweck.",
                $"{english} Ask the holder, or name a more specific purpose."),
        };
    }

    private static PolicyVerdict Verdict(PolicyVerdict.Types.Kind kind, string german, string english) =>
        new() { Kind = kind, Sentence = Labels.Text(german, english) };
}
