namespace Ecosystem.Odrl;

/// <summary>Turns conditions, duties and outcomes into sentences.</summary>
internal static class Wording
{
    private const int MostReasons = 8;

    public static Sentence Describe(Condition condition, ConceptHierarchy concepts)
    {
        if (condition is LogicalConstraint logical)
        {
            var parts = logical.Operands.Select(operand => Describe(operand, concepts)).ToList();
            var (german, english) = logical.Operator switch
            {
                LogicalOperator.Or => (" oder ", " or "),
                LogicalOperator.Xone => (" oder aber ", " or else "),
                LogicalOperator.AndSequence => (" und danach ", " and then "),
                _ => (" und ", " and "),
            };
            return new($"({string.Join(german, parts.Select(part => part.German))})", $"({string.Join(english, parts.Select(part => part.English))})");
        }

        var constraint = (Constraint)condition;
        var left = Labels.OfLeftOperand(constraint.LeftOperand);
        var comparison = OfOperator(constraint.Operator);
        var right = constraint.RightOperandReference is { } reference
            ? new Sentence($"dem Wert unter {reference}", $"the value at {reference}")
            : OfValues(constraint.RightOperands, constraint.LeftOperand, concepts);
        var unit = constraint.Unit is { } stated ? " " + Labels.LastPart(stated) : "";
        return new($"{left.German} {comparison.German} {right.German}{unit}", $"{left.English} {comparison.English} {right.English}{unit}");
    }

    public static Sentence OfOutcome(Sentence condition, Satisfaction outcome, Sequence<OdrlValue> found)
    {
        var values = string.Join(", ", found.Select(value => value.Lexical));
        return outcome switch
        {
            Satisfaction.Satisfied => new($"Erfüllt: {condition.German}.", $"Met: {condition.English}."),
            Satisfaction.Unsatisfied => new(
                $"Nicht erfüllt: {condition.German}{(found.Count > 0 ? $"; festgestellt: {values}" : "")}.",
                $"Not met: {condition.English}{(found.Count > 0 ? $"; found: {values}" : "")}."),
            _ => new(
                $"Nicht entscheidbar: {condition.German}; {(found.Count > 0 ? $"{values} lässt sich damit nicht sicher vergleichen" : "dazu liegt keine Angabe vor")}.",
                $"Not decidable: {condition.English}; {(found.Count > 0 ? $"{values} cannot be compared with certainty" : "nothing is stated about it")}."),
        };
    }

    public static Sentence OfTerm(PremiseKind kind, Sequence<RuleTerm> terms, string? stated, Satisfaction outcome)
    {
        var (german, english) = kind is PremiseKind.TargetReport ? ("Datenbestand", "asset") : ("Beteiligte", "party");
        var named = string.Join(", ", terms.Select(term => term.Iri));
        var (fits, suits) = outcome is Satisfaction.Satisfied ? ("gehört zu", "is covered by") : ("gehört nicht erkennbar zu", "is not known to be covered by");
        return new($"{german} {stated ?? "(nicht angegeben)"} {fits} {named}.", $"The {english} {stated ?? "(not stated)"} {suits} {named}.");
    }

    public static Sentence OfAction(Sequence<RuleTerm> actions, string stated, Satisfaction outcome)
    {
        var asked = Labels.OfAction(stated);
        var german = string.Join(", ", actions.Select(action => Labels.OfAction(action.Iri).German));
        var english = string.Join(", ", actions.Select(action => Labels.OfAction(action.Iri).English));
        return outcome is Satisfaction.Satisfied
            ? new($"„{asked.German}“ ist in „{german}“ enthalten.", $"'{asked.English}' is included in '{english}'.")
            : new($"„{asked.German}“ ist nicht erkennbar in „{german}“ enthalten.", $"'{asked.English}' is not known to be included in '{english}'.");
    }

    public static Sentence OfDuty(Duty duty)
    {
        var conditions = duty.Actions.SelectMany(action => action.Refinements).Concat(duty.Constraints)
            .Select(condition => Describe(condition, ConceptHierarchy.Standard)).ToList();
        var german = string.Join(", ", duty.Actions.Select(action => Labels.OfAction(action.Iri).German));
        var english = string.Join(", ", duty.Actions.Select(action => Labels.OfAction(action.Iri).English));
        return new(
            $"{Capital(german)}{(conditions.Count > 0 ? $" ({string.Join("; ", conditions.Select(condition => condition.German))})" : "")}.",
            $"{Capital(english)}{(conditions.Count > 0 ? $" ({string.Join("; ", conditions.Select(condition => condition.English))})" : "")}.");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static IEnumerable<Sentence> Reasons(DecisionCause cause, PolicyReport report, UsageRequest request)
    {
        var action = Labels.OfAction(request.Action);
        yield return cause switch
        {
            DecisionCause.Permitted => new($"Erlaubt: „{action.German}“.", $"Permitted: {action.English}."),
            DecisionCause.Prohibited => new($"Verweigert: Ein Verbot schließt „{action.German}“ aus.", $"Denied: a prohibition rules out '{action.English}'."),
            DecisionCause.PolicyInConflict => new("Verweigert: Erlaubnis und Verbot treffen beide zu und die Richtlinie regelt nicht, was vorgeht; sie ist damit unwirksam.", "Denied: a permission and a prohibition both apply and the policy does not say which one wins, so it is void."),
            DecisionCause.DutyViolated => new("Verweigert: Eine Pflicht der Erlaubnis wurde verletzt.", "Denied: a duty of the permission was violated."),
            _ => new($"Verweigert: Keine Erlaubnis deckt „{action.German}“ unter diesen Umständen.", $"Denied: no permission covers '{action.English}' under these circumstances."),
        };
        var telling = cause switch
        {
            DecisionCause.Permitted => report.Rules.Where(rule => rule is { Kind: RuleReportKind.PermissionReport, Activation: ActivationState.Active }).Take(1).SelectMany(rule => rule.Premises),
            DecisionCause.Prohibited or DecisionCause.PolicyInConflict => report.Rules.Where(rule => rule is { Kind: RuleReportKind.ProhibitionReport, Activation: ActivationState.Active }).SelectMany(rule => rule.Premises),
            DecisionCause.DutyViolated => [],
            _ => report.Rules.Where(rule => rule.Kind is RuleReportKind.PermissionReport).SelectMany(rule => rule.Premises).Where(premise => premise.Satisfaction is not Satisfaction.Satisfied),
        };
        foreach (var premise in telling.Take(MostReasons))
            yield return premise.Reason;
    }

    private static Sentence OfValues(Sequence<OdrlValue> values, string leftOperand, ConceptHierarchy concepts)
    {
        var labels = values.Select(value => LeftOperands.KindOf(leftOperand) is ValueKind.Concept ? concepts.LabelOf(value.Lexical) : new(value.Lexical, value.Lexical)).ToList();
        return new(string.Join(", ", labels.Select(label => $"„{label.German}“")), string.Join(", ", labels.Select(label => $"'{label.English}'")));
    }

    private static Sentence OfOperator(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Eq => new("ist gleich", "is"),
        ComparisonOperator.Neq => new("ist nicht", "is not"),
        ComparisonOperator.Lt => new("liegt unter", "is below"),
        ComparisonOperator.Lteq => new("ist höchstens", "is at most"),
        ComparisonOperator.Gt => new("liegt über", "is above"),
        ComparisonOperator.Gteq => new("ist mindestens", "is at least"),
        ComparisonOperator.IsA => new("ist eine Art von", "is a kind of"),
        ComparisonOperator.HasPart => new("umfasst", "contains"),
        ComparisonOperator.IsPartOf => new("ist Teil von", "is part of"),
        ComparisonOperator.IsAllOf => new("umfasst alles aus", "has all of"),
        ComparisonOperator.IsAnyOf => new("ist eines von", "is one of"),
        _ => new("ist keines von", "is none of"),
    };
}
