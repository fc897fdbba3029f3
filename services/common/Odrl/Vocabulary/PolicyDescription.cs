namespace Ecosystem.Odrl;

/// <summary>A policy as text for people, made from its rules and nothing else, so that text and terms never say different things.</summary>
public static class PolicyDescription
{
    /// <summary>Describes a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="vocabulary">Names of purposes and other concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>One sentence for each rule, permissions first, and one on what wins where they meet.</returns>
    public static Sequence<Sentence> Of(OdrlPolicy policy, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var concepts = (vocabulary ?? OdrlVocabulary.Standard).Concepts;
        return
        [
            .. policy.Permissions.Select(rule => Sentence(new("Erlaubt ist", "Permitted is"), rule, concepts, rule.Duties, new("Dabei ist Pflicht", "This obliges to"))),
            .. policy.Prohibitions.Select(rule => Sentence(new("Verboten ist", "Prohibited is"), rule, concepts, rule.Remedies, new("Wer es dennoch tut, muss", "Who does it nevertheless must"))),
            .. policy.Obligations.Select(rule => Sentence(new("Pflicht ist in jedem Fall", "Obliged in any case is"), rule, concepts, rule.Consequences, new("Sonst kommt hinzu", "Otherwise this is added"))),
            .. policy is { Permissions.Count: > 0, Prohibitions.Count: > 0 } ? [Precedence(policy.Conflict)] : Array.Empty<Sentence>(),
        ];
    }

    /// <summary>Describes a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static Sentence Of(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Wording.Describe(condition, ConceptHierarchy.Standard);
    }

    private static Sentence Sentence(Sentence opening, Rule rule, ConceptHierarchy concepts, Sequence<Duty> duties, Sentence dutyOpening)
    {
        var actions = rule.Actions.Select(action => Labels.OfAction(action.Iri)).DefaultIfEmpty(new("jede Handlung", "any action")).ToList();
        var conditions = rule.Constraints.Concat(rule.Actions.Concat(rule.Targets).Concat(rule.Assignees).SelectMany(term => term.Refinements))
            .Select(condition => Wording.Describe(condition, concepts)).ToList();
        var due = duties.Select(Wording.OfDuty).ToList();
        return new(
            $"{opening.German}: {Join(actions.Select(action => action.German), ", ")}{Named(" an ", rule.Targets)}{Named(" für ", rule.Assignees)}"
            + $"{(conditions.Count > 0 ? $", wenn gilt: {Join(conditions.Select(text => text.German), "; ")}" : "")}."
            + (due.Count > 0 ? $" {dutyOpening.German}: {Join(due.Select(text => text.German), " ")}" : ""),
            $"{opening.English}: {Join(actions.Select(action => action.English), ", ")}{Named(" of ", rule.Targets)}{Named(" for ", rule.Assignees)}"
            + $"{(conditions.Count > 0 ? $", provided that: {Join(conditions.Select(text => text.English), "; ")}" : "")}."
            + (due.Count > 0 ? $" {dutyOpening.English}: {Join(due.Select(text => text.English), " ")}" : ""));
    }

    private static Sentence Precedence(ConflictStrategy strategy) => strategy switch
    {
        ConflictStrategy.Permission => new("Wo Erlaubnis und Verbot zusammentreffen, gilt die Erlaubnis.", "Where a permission and a prohibition meet, the permission holds."),
        ConflictStrategy.Prohibition => new("Wo Erlaubnis und Verbot zusammentreffen, gilt das Verbot.", "Where a permission and a prohibition meet, the prohibition holds."),
        _ => new("Wo Erlaubnis und Verbot zusammentreffen, ist nichts erlaubt.", "Where a permission and a prohibition meet, nothing is permitted."),
    };

    private static string Named(string preposition, Sequence<RuleTerm> terms) =>
        terms.Count == 0 ? "" : preposition + Join(terms.Select(term => $"<{term.Iri}>"), ", ");

    private static string Join(IEnumerable<string> parts, string separator) => string.Join(separator, parts);
}
