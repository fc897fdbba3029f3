namespace Ecosystem.Odrl;

/// <summary>A condition whose values were parsed beforehand.</summary>
internal abstract class CompiledCondition
{
    public static CompiledCondition[] Compile(IReadOnlyList<Condition> conditions, ConceptHierarchy concepts)
    {
        var compiled = new CompiledCondition[conditions.Count];
        for (var index = 0; index < compiled.Length; index++)
            compiled[index] = Compile(conditions[index], concepts);
        return compiled;
    }

    /// <summary>Whether all of them hold; stops at the first that does not.</summary>
    public static Satisfaction All(CompiledCondition[] conditions, Situation situation, bool anyIsEnough, string? subject = null)
    {
        var result = Satisfaction.Satisfied;
        foreach (var condition in conditions)
        {
            var outcome = condition.Test(situation, anyIsEnough, subject);
            if (outcome is Satisfaction.Unsatisfied)
                return outcome;
            if (outcome is Satisfaction.Undetermined)
                result = outcome;
        }

        return result;
    }

    public abstract Satisfaction Test(Situation situation, bool anyIsEnough, string? subject);

    private static CompiledCondition Compile(Condition condition, ConceptHierarchy concepts) => condition switch
    {
        LogicalConstraint logical => new CompiledCombination(logical.Operator, Compile(logical.Operands, concepts)),
        Constraint constraint when CompiledComparison.Covers(constraint) => new CompiledComparison(constraint, concepts),
        Constraint constraint => new PlainComparison(constraint, concepts),
        _ => throw new ArgumentException($"Unknown kind of condition: {condition.GetType().Name}.", nameof(condition)),
    };
}

/// <summary>A combination of conditions, as <see cref="Logic.Combine"/> has it.</summary>
internal sealed class CompiledCombination(LogicalOperator combination, CompiledCondition[] operands) : CompiledCondition
{
    public override Satisfaction Test(Situation situation, bool anyIsEnough, string? subject) => combination switch
    {
        LogicalOperator.Or => Any(situation, anyIsEnough, subject),
        LogicalOperator.Xone => ExactlyOne(situation, anyIsEnough, subject),
        _ => All(operands, situation, anyIsEnough, subject),
    };

    private Satisfaction Any(Situation situation, bool anyIsEnough, string? subject)
    {
        var result = Satisfaction.Unsatisfied;
        foreach (var operand in operands)
        {
            var outcome = operand.Test(situation, anyIsEnough, subject);
            if (outcome is Satisfaction.Satisfied)
                return outcome;
            if (outcome is Satisfaction.Undetermined)
                result = outcome;
        }

        return result;
    }

    private Satisfaction ExactlyOne(Situation situation, bool anyIsEnough, string? subject)
    {
        var (satisfied, undetermined) = (0, false);
        foreach (var operand in operands)
        {
            var outcome = operand.Test(situation, anyIsEnough, subject);
            undetermined |= outcome is Satisfaction.Undetermined;
            if (outcome is Satisfaction.Satisfied && ++satisfied > 1)
                return Satisfaction.Unsatisfied;
        }

        return undetermined ? Satisfaction.Undetermined : Logic.Of(satisfied == 1);
    }
}

/// <summary>The rare forms (values by reference, sets that must be covered whole) take the way of <see cref="OperandTest"/>.</summary>
internal sealed class PlainComparison(Constraint constraint, ConceptHierarchy concepts) : CompiledCondition
{
    public override Satisfaction Test(Situation situation, bool anyIsEnough, string? subject)
    {
        var left = situation.ValuesOf(constraint.LeftOperand, subject);
        var right = constraint.RightOperandReference is not { } reference ? constraint.RightOperands
            : situation.World.References.TryGetValue(reference, out var found) ? found : [];
        return left is null ? Satisfaction.Undetermined : OperandTest.Test(constraint, left, right, anyIsEnough, concepts);
    }
}
