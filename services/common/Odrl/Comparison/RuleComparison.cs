namespace Ecosystem.Odrl;

/// <summary>Compares policies rule by rule: which permissions meet, and whether a use remains after the prohibitions.</summary>
internal sealed class RuleComparison(OdrlVocabulary vocabulary)
{
    private readonly Satisfiability _satisfiability = new(vocabulary.Concepts);

    public static HashSet<string> SubjectsOf(OdrlPolicy policy) =>
        [.. policy.Permissions.SelectMany(permission => permission.Constraints).SelectMany(SubjectsOf)];

    public Comparison CanBothHold(OdrlPolicy one, OdrlPolicy other)
    {
        var outcomes = new List<Comparison>();
        foreach (var left in one.Permissions)
        {
            foreach (var right in other.Permissions.Where(right => ShareAction(left, right)))
            {
                if (!ShareTarget(left, right))
                {
                    outcomes.Add(new(Verdict.Unknown, [new("Die Regeln nennen verschiedene Datenbestände.", "The rules name different assets.")]));
                    continue;
                }

                var forbidding = one.Prohibitions.Concat(other.Prohibitions).Where(prohibition => Includes(prohibition, left) && Includes(prohibition, right));
                outcomes.Add(_satisfiability.Of([.. left.Constraints, .. right.Constraints, .. forbidding.Select(Not)]));
            }
        }

        return Best(outcomes) ?? new(Verdict.Conflict, [new("Die Richtlinien erlauben keine gemeinsame Handlung.", "The policies permit no common action.")]);
    }

    public Comparison IsContainedIn(OdrlPolicy narrow, OdrlPolicy wide)
    {
        foreach (var permission in narrow.Permissions)
        {
            var covering = wide.Permissions.Where(candidate => Includes(candidate, permission)).ToList();
            var escape = _satisfiability.Of([.. permission.Constraints, .. covering.Select(Not)]);
            var forbidden = wide.Prohibitions.Where(prohibition => ShareAction(prohibition, permission))
                .Select(prohibition => _satisfiability.Of([.. permission.Constraints, .. prohibition.Constraints]));
            foreach (var outcome in forbidden.Prepend(escape))
            {
                if (outcome.Verdict is Verdict.Compatible)
                    return new(Verdict.Conflict, [new("Es gibt eine Nutzung, die nur die eine Richtlinie erlaubt.", "There is a use that only one of the policies permits.")]);
                if (outcome.Verdict is Verdict.Unknown)
                    return outcome;
            }
        }

        return new(Verdict.Compatible, [new("Jede Nutzung, die die eine Richtlinie erlaubt, erlaubt auch die andere.", "Every use that one policy permits is permitted by the other.")]);
    }

    private static IEnumerable<string> SubjectsOf(Condition condition) => condition switch
    {
        Constraint constraint => [constraint.LeftOperand],
        LogicalConstraint logical => logical.Operands.SelectMany(SubjectsOf),
        _ => [],
    };

    private static Condition Not(Rule rule) => new Negation(new LogicalConstraint(LogicalOperator.And, rule.Constraints));

    private bool Includes(Rule broad, Rule narrow) => broad.Actions.Count == 0
        || (narrow.Actions.Count > 0 && narrow.Actions.All(action => broad.Actions.Any(candidate => vocabulary.Actions.Includes(candidate.Iri, action.Iri))));

    private bool ShareAction(Rule one, Rule other) => one.Actions.Count == 0 || other.Actions.Count == 0
        || one.Actions.Any(left => other.Actions.Any(right => vocabulary.Actions.Includes(left.Iri, right.Iri) || vocabulary.Actions.Includes(right.Iri, left.Iri)));

    private static bool ShareTarget(Rule one, Rule other) => one.Targets.Count == 0 || other.Targets.Count == 0
        || one.Targets.Any(target => other.Targets.Any(candidate => candidate.Iri == target.Iri));

    private static Comparison? Best(List<Comparison> outcomes) =>
        outcomes.Find(outcome => outcome.Verdict is Verdict.Compatible)
        ?? outcomes.Find(outcome => outcome.Verdict is Verdict.Unknown)
        ?? (outcomes.Count > 0 ? outcomes[0] : null);
}
