namespace Ecosystem.Odrl;

/// <summary>Evaluates conditions in one situation.</summary>
internal sealed class ConditionEvaluator(UsageRequest request, StateOfTheWorld world, OdrlVocabulary vocabulary)
{
    private readonly Sequence<OdrlValue> _now = [OdrlValue.Instant(world.CurrentTime)];

    public PremiseReport Evaluate(Condition condition, bool anyIsEnough, string? subject = null)
    {
        if (condition is LogicalConstraint logical)
        {
            var parts = logical.Operands.Select(operand => Evaluate(operand, anyIsEnough, subject)).ToSequence();
            var result = Logic.Combine(logical.Operator, parts.Select(part => part.Satisfaction));
            return new(PremiseKind.ConstraintReport, result, Wording.OfOutcome(Wording.Describe(logical, vocabulary.Concepts), result, []), parts);
        }

        var constraint = (Constraint)condition;
        var left = ValuesOf(constraint.LeftOperand, subject);
        var right = constraint.RightOperandReference is { } reference ? world.References.GetValueOrDefault(reference, []) : constraint.RightOperands;
        var outcome = OperandTest.Test(constraint, left, right, anyIsEnough, vocabulary.Concepts);
        return new(PremiseKind.ConstraintReport, outcome, Wording.OfOutcome(Wording.Describe(constraint, vocabulary.Concepts), outcome, left), []) { LeftOperand = constraint.LeftOperand };
    }

    private Sequence<OdrlValue> ValuesOf(string leftOperand, string? subject)
    {
        if (subject is not null && world.Properties.TryGetValue(subject, out var properties) && properties.TryGetValue(leftOperand, out var own))
            return own;
        if (subject is not null)
            return [];

        // What is observed outweighs what is claimed; the time is never taken from the request.
        if (leftOperand == OdrlTerms.DateTime)
            return _now;
        if (world.Observations.TryGetValue(leftOperand, out var observed))
            return observed;
        if (request.Context.TryGetValue(leftOperand, out var stated))
            return stated;
        return leftOperand == OdrlTerms.Recipient && request.Assignee is { } assignee ? [OdrlValue.Iri(assignee)] : [];
    }
}
