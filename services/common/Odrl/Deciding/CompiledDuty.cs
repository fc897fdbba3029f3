namespace Ecosystem.Odrl;

/// <summary>A duty of a permission, of which only one thing matters here: whether it stands in the way because it was violated.</summary>
internal sealed class CompiledDuty
{
    private readonly string? _uid;
    private readonly CompiledRule _premises;
    private readonly CompiledCondition[] _deadlines;

    public CompiledDuty(Duty duty, OdrlVocabulary vocabulary)
    {
        _uid = duty.Uid;
        _premises = new CompiledRule(duty, vocabulary, withAction: false);
        _deadlines = CompiledCondition.Compile([.. DutyEvaluator.Deadlines(duty)], vocabulary.Concepts);
    }

    public bool IsViolated(Situation situation)
    {
        var observed = _uid is not null && situation.World.Duties.TryGetValue(_uid, out var state) ? state : DeonticState.NonSet;
        var isOverdue = IsOverdue(situation);
        if (observed is DeonticState.Fulfilled || (observed is DeonticState.NonSet && !isOverdue))
            return false;
        return isOverdue || _premises.Test(situation, anyIsEnough: false) is not Satisfaction.Unsatisfied;
    }

    private bool IsOverdue(Situation situation)
    {
        foreach (var deadline in _deadlines)
        {
            if (deadline.Test(situation, anyIsEnough: false, subject: null) is Satisfaction.Unsatisfied)
                return true;
        }

        return false;
    }
}
