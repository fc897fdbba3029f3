namespace Ecosystem.Odrl;

/// <summary>Compares terms before anybody has agreed to them.</summary>
public static partial class PolicyComparison
{
    /// <summary>
    /// Whether an offer allows an action for a purpose. Conditions on anything else (time, place, count, parties) are taken to be fulfillable
    /// and come out as reasons.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="purposeIri">The purpose, see <see cref="Purposes"/>.</param>
    /// <param name="actionIri">The action, for example <see cref="OdrlTerms.Use"/>.</param>
    /// <param name="vocabulary">What is known of actions and purposes; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>Compatible if a permission covers the purpose and no prohibition does, conflict if not, unknown if the purpose cannot be placed.</returns>
    public static Comparison Allows(OdrlPolicy offer, string purposeIri, string actionIri, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentException.ThrowIfNullOrEmpty(purposeIri);
        ArgumentException.ThrowIfNullOrEmpty(actionIri);
        return new PurposeComparison(purposeIri, actionIri, vocabulary ?? OdrlVocabulary.Standard).Compare(offer);
    }
}
