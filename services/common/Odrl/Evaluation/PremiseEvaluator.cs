namespace Ecosystem.Odrl;

/// <summary>Checks what a rule says of the asset, the party, the action and the circumstances against a request.</summary>
internal sealed class PremiseEvaluator(UsageRequest request, StateOfTheWorld world, OdrlVocabulary vocabulary)
{
    private readonly ConditionEvaluator _conditions = new(request, world, vocabulary);

    public Sequence<PremiseReport> Premises(Rule rule, bool anyIsEnough, bool withAction = true)
    {
        var premises = new List<PremiseReport>();
        if (rule.Targets.Count > 0)
            premises.Add(Named(PremiseKind.TargetReport, rule.Targets, request.Target, anyIsEnough));
        if (rule.Assignees.Count > 0)
            premises.Add(Named(PremiseKind.PartyReport, rule.Assignees, request.Assignee, anyIsEnough));
        if (withAction && rule.Actions.Count > 0)
            premises.Add(Action(rule.Actions, anyIsEnough));
        premises.AddRange(rule.Constraints.Select(condition => _conditions.Evaluate(condition, anyIsEnough)));
        return premises.ToSequence();
    }

    public PremiseReport Condition(Condition condition) => _conditions.Evaluate(condition, anyIsEnough: false);

    private PremiseReport Named(PremiseKind kind, Sequence<RuleTerm> terms, string? stated, bool anyIsEnough)
    {
        var parts = new List<PremiseReport>();
        var result = Logic.Any(terms.Select(term => Matches(term, stated, anyIsEnough, parts)).ToList());
        return new(kind, result, Wording.OfTerm(kind, terms, stated, result), parts.ToSequence());
    }

    private Satisfaction Matches(RuleTerm term, string? stated, bool anyIsEnough, List<PremiseReport> parts)
    {
        if (stated is null)
            return Satisfaction.Undetermined;
        var isMember = world.IsIn(stated, term.Iri) || (term.Source is { } source && (stated == source || world.IsIn(stated, source)));
        if (stated != term.Iri && !isMember)
            return Satisfaction.Unsatisfied;
        var refinements = term.Refinements.Select(refinement => _conditions.Evaluate(refinement, anyIsEnough, stated)).ToList();
        parts.AddRange(refinements);
        return Logic.All(refinements.Select(refinement => refinement.Satisfaction));
    }

    private PremiseReport Action(Sequence<RuleTerm> actions, bool anyIsEnough)
    {
        var parts = new List<PremiseReport>();
        var outcomes = new List<Satisfaction>();
        foreach (var action in actions)
        {
            if (!vocabulary.Actions.Includes(action.Iri, request.Action))
            {
                outcomes.Add(Satisfaction.Unsatisfied);
                continue;
            }

            var refinements = action.Refinements.Select(refinement => _conditions.Evaluate(refinement, anyIsEnough)).ToList();
            parts.AddRange(refinements);
            outcomes.Add(Logic.All(refinements.Select(refinement => refinement.Satisfaction)));
        }

        var result = Logic.Any(outcomes);
        return new(PremiseKind.ActionReport, result, Wording.OfAction(actions, request.Action, result), parts.ToSequence());
    }
}
