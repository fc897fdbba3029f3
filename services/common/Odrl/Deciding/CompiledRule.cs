namespace Ecosystem.Odrl;

/// <summary>The premises of a rule, ready to be checked; what <see cref="PremiseEvaluator"/> finds, without a report.</summary>
internal sealed class CompiledRule
{
    private readonly CompiledTerm[] _targets;
    private readonly CompiledTerm[] _assignees;
    private readonly CompiledTerm[] _actions;
    private readonly CompiledCondition[] _constraints;
    private readonly ActionHierarchy _hierarchy;

    public CompiledRule(Rule rule, OdrlVocabulary vocabulary, bool withAction = true)
    {
        _targets = CompiledTerm.Compile(rule.Targets, vocabulary.Concepts);
        _assignees = CompiledTerm.Compile(rule.Assignees, vocabulary.Concepts);
        _actions = withAction ? CompiledTerm.Compile(rule.Actions, vocabulary.Concepts) : [];
        _constraints = CompiledCondition.Compile(rule.Constraints, vocabulary.Concepts);
        _hierarchy = vocabulary.Actions;
    }

    /// <summary>Whether all premises hold.</summary>
    public Satisfaction Test(Situation situation, bool anyIsEnough)
    {
        var result = Action(situation, anyIsEnough);
        if (result is not Satisfaction.Unsatisfied)
            result = And(result, Target(situation, anyIsEnough));
        if (result is not Satisfaction.Unsatisfied)
            result = And(result, Assignee(situation, anyIsEnough));
        return result is Satisfaction.Unsatisfied ? result : And(result, CompiledCondition.All(_constraints, situation, anyIsEnough));
    }

    private static Satisfaction And(Satisfaction one, Satisfaction other) =>
        one is Satisfaction.Unsatisfied || other is Satisfaction.Unsatisfied ? Satisfaction.Unsatisfied
        : one is Satisfaction.Undetermined ? one : other;

    private static Satisfaction Or(Satisfaction one, Satisfaction other) =>
        one is Satisfaction.Satisfied || other is Satisfaction.Satisfied ? Satisfaction.Satisfied
        : one is Satisfaction.Undetermined ? one : other;

    private Satisfaction Target(Situation situation, bool anyIsEnough) =>
        _targets.Length == 0 ? Satisfaction.Satisfied
        : situation.Request.Target is not { } stated ? Satisfaction.Undetermined
        : Named(_targets, stated, situation.CollectionsOfTarget, situation, anyIsEnough);

    private Satisfaction Assignee(Situation situation, bool anyIsEnough) =>
        _assignees.Length == 0 ? Satisfaction.Satisfied
        : situation.Request.Assignee is not { } stated ? Satisfaction.Undetermined
        : Named(_assignees, stated, situation.CollectionsOfAssignee, situation, anyIsEnough);

    private static Satisfaction Named(CompiledTerm[] terms, string stated, List<string>? collections, Situation situation, bool anyIsEnough)
    {
        var result = Satisfaction.Unsatisfied;
        foreach (var term in terms)
        {
            if (term.Names(stated, collections))
                result = Or(result, CompiledCondition.All(term.Refinements, situation, anyIsEnough, stated));
        }

        return result;
    }

    private Satisfaction Action(Situation situation, bool anyIsEnough)
    {
        if (_actions.Length == 0)
            return Satisfaction.Satisfied;
        var result = Satisfaction.Unsatisfied;
        foreach (var action in _actions)
        {
            if (_hierarchy.Includes(action.Iri, situation.Request.Action))
                result = Or(result, CompiledCondition.All(action.Refinements, situation, anyIsEnough));
        }

        return result;
    }
}

/// <summary>An asset, party or action that a rule names.</summary>
internal sealed record CompiledTerm(string Iri, string? Source, CompiledCondition[] Refinements)
{
    public static CompiledTerm[] Compile(Sequence<RuleTerm> terms, ConceptHierarchy concepts) =>
        [.. terms.Select(term => new CompiledTerm(term.Iri, term.Source, CompiledCondition.Compile(term.Refinements, concepts)))];

    /// <summary>Whether something is what is named, or belongs to it.</summary>
    public bool Names(string stated, List<string>? collections) =>
        stated == Iri || stated == Source
        || (collections is not null && (collections.Contains(Iri) || (Source is not null && collections.Contains(Source))));
}
