namespace Ecosystem.Odrl;

/// <summary>Evaluates a policy when nothing but the purpose and the action is known: every other condition may hold or fail.</summary>
internal sealed class PurposeComparison(string purpose, string action, OdrlVocabulary vocabulary)
{
    private readonly Sequence<OdrlValue> _stated = [OdrlValue.Iri(purpose)];

    public Comparison Compare(OdrlPolicy offer)
    {
        var permissions = offer.Permissions.Where(Covers).ToList();
        if (permissions.Count == 0)
            return new(Verdict.Conflict, [new($"Keine Erlaubnis umfasst „{Labels.OfAction(action).German}“.", $"No permission includes '{Labels.OfAction(action).English}'.")]);

        var prohibitions = offer.Conflict is ConflictStrategy.Permission ? [] : offer.Prohibitions.Where(Covers).ToList();
        if (prohibitions.Find(rule => !Outcome(rule, undetermined: false, anyIsEnough: true).MayFail) is { } forbidding)
            return new(Verdict.Conflict, [Sentences.Forbidden(Purpose), .. DescribePurpose(forbidding)]);
        if (permissions.Find(rule => Outcome(rule, undetermined: false, anyIsEnough: false).MayHold) is { } permitting)
        {
            return prohibitions.Find(rule => !Outcome(rule, undetermined: true, anyIsEnough: true).MayFail) is { } doubtful
                ? new(Verdict.Unknown, [Sentences.PerhapsForbidden(Purpose), .. DescribePurpose(doubtful)])
                : new(Verdict.Compatible, [Sentences.Allowed(Purpose), .. DescribePurpose(permitting), .. DescribeRest(permitting)]);
        }

        return permissions.Find(rule => Outcome(rule, undetermined: true, anyIsEnough: false).MayHold) is { } unclear
            ? new(Verdict.Unknown, [Sentences.PerhapsAllowed(Purpose), .. DescribePurpose(unclear)])
            : new(Verdict.Conflict, [Sentences.NotAllowed(Purpose), .. permissions.SelectMany(DescribePurpose).Distinct()]);
    }

    private Sentence Purpose => vocabulary.Concepts.LabelOf(purpose);

    private bool Covers(Rule rule) => rule.Actions.Count == 0 || rule.Actions.Any(term => vocabulary.Actions.Includes(term.Iri, action));

    private Possibility Outcome(Rule rule, bool undetermined, bool anyIsEnough)
    {
        var isOpen = rule.Assignees.Count > 0 || rule.Actions.Any(term => term.Refinements.Count > 0);
        var parts = rule.Constraints.Select(condition => Outcome(condition, undetermined, anyIsEnough)).ToList();
        return new(parts.TrueForAll(part => part.MayHold), isOpen || parts.Exists(part => part.MayFail));
    }

    private Possibility Outcome(Condition condition, bool undetermined, bool anyIsEnough)
    {
        if (condition is LogicalConstraint logical)
            return Combine(logical.Operator, logical.Operands.Select(operand => Outcome(operand, undetermined, anyIsEnough)).ToList());
        var constraint = (Constraint)condition;
        if (constraint.LeftOperand != OdrlTerms.Purpose)
            return new(MayHold: true, MayFail: true);
        var holds = OperandTest.Test(constraint, _stated, constraint.RightOperands, anyIsEnough, vocabulary.Concepts) switch
        {
            Satisfaction.Satisfied => true,
            Satisfaction.Unsatisfied => false,
            _ => undetermined,
        };
        return new(holds, !holds);
    }

    private static Possibility Combine(LogicalOperator combination, List<Possibility> parts)
    {
        var certain = parts.Count(part => !part.MayFail);
        var possible = parts.Count(part => part.MayHold);
        return combination switch
        {
            LogicalOperator.Or => new(possible > 0, certain == 0),
            LogicalOperator.Xone => new(possible > 0 && certain <= 1, certain != 1 || possible > 1),
            _ => new(possible == parts.Count, certain < parts.Count),
        };
    }

    private IEnumerable<Sentence> DescribePurpose(Rule rule) => Describe(rule.Constraints.Where(MentionsPurpose));

    private IEnumerable<Sentence> DescribeRest(Rule rule) => Describe(rule.Constraints.Where(condition => !MentionsPurpose(condition)));

    private IEnumerable<Sentence> Describe(IEnumerable<Condition> conditions) =>
        conditions.Select(condition => Wording.Describe(condition, vocabulary.Concepts))
            .Select(text => new Sentence($"Bedingung: {text.German}.", $"Condition: {text.English}."));

    private static bool MentionsPurpose(Condition condition) => condition switch
    {
        Constraint constraint => constraint.LeftOperand == OdrlTerms.Purpose,
        LogicalConstraint logical => logical.Operands.Any(MentionsPurpose),
        _ => false,
    };

    private readonly record struct Possibility(bool MayHold, bool MayFail);

    private static class Sentences
    {
        public static Sentence Allowed(Sentence purpose) => new($"Der Zweck „{purpose.German}“ ist erlaubt.", $"The purpose '{purpose.English}' is allowed.");

        public static Sentence NotAllowed(Sentence purpose) => new($"Der Zweck „{purpose.German}“ ist von keiner Erlaubnis gedeckt.", $"No permission covers the purpose '{purpose.English}'.");

        public static Sentence Forbidden(Sentence purpose) => new($"Der Zweck „{purpose.German}“ ist verboten.", $"The purpose '{purpose.English}' is prohibited.");

        public static Sentence PerhapsAllowed(Sentence purpose) => new($"Ob der Zweck „{purpose.German}“ erlaubt ist, lässt sich nicht sagen: Er ist zu weit gefasst oder nicht im Vokabular.", $"Whether the purpose '{purpose.English}' is allowed cannot be said: it is too broad or not in the vocabulary.");

        public static Sentence PerhapsForbidden(Sentence purpose) => new($"Ob der Zweck „{purpose.German}“ verboten ist, lässt sich nicht sagen: Er ist zu weit gefasst oder nicht im Vokabular.", $"Whether the purpose '{purpose.English}' is prohibited cannot be said: it is too broad or not in the vocabulary.");
    }
}
