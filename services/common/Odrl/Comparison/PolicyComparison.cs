namespace Ecosystem.Odrl;

/// <summary>Compares terms before anybody has agreed to them.</summary>
public static class PolicyComparison
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

    /// <summary>Whether there is a use that both policies permit, with all their conditions. What neither constrains does not matter.</summary>
    /// <param name="one">A policy.</param>
    /// <param name="other">Another policy; or the same, to find out whether it can be used at all.</param>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>Compatible, conflict with the contradicting conditions, or unknown.</returns>
    public static Comparison CanBothHold(OdrlPolicy one, OdrlPolicy other, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new RuleComparison(vocabulary ?? OdrlVocabulary.Standard).CanBothHold(one, other);
    }

    /// <summary>As <see cref="CanBothHold"/>, but where only one side speaks of something, the other side's will is not known.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="request">The request.</param>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>Compatible only if both sides speak of the same things and can both hold.</returns>
    public static Comparison Agree(OdrlPolicy offer, OdrlPolicy request, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(request);
        var comparison = new RuleComparison(vocabulary ?? OdrlVocabulary.Standard).CanBothHold(offer, request);
        if (comparison.Verdict is not Verdict.Compatible)
            return comparison;
        var oneSided = RuleComparison.SubjectsOf(offer);
        oneSided.SymmetricExceptWith(RuleComparison.SubjectsOf(request));
        return oneSided.Count == 0
            ? comparison
            : new(Verdict.Unknown, oneSided.Order(StringComparer.Ordinal).Select(subject => Labels.OfLeftOperand(subject))
                .Select(subject => new Sentence($"Nur eine Seite äußert sich dazu: {subject.German}.", $"Only one side speaks of it: {subject.English}.")).ToSequence());
    }

    /// <summary>Whether every use that one policy permits is permitted by the other.</summary>
    /// <param name="narrow">The policy that may be narrower.</param>
    /// <param name="wide">The policy that may be wider.</param>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>Compatible if contained, conflict if some use escapes, or unknown.</returns>
    public static Comparison IsContainedIn(OdrlPolicy narrow, OdrlPolicy wide, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(narrow);
        ArgumentNullException.ThrowIfNull(wide);
        return new RuleComparison(vocabulary ?? OdrlVocabulary.Standard).IsContainedIn(narrow, wide);
    }
}
