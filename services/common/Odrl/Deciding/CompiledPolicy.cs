namespace Ecosystem.Odrl;

/// <summary>
/// A policy prepared for many decisions: its values are parsed and its rules ready to be checked, so that a decision takes well under a
/// microsecond and next to no memory. It decides as <see cref="PolicyEvaluator"/> does, which gives the reasons and the report.
/// </summary>
public sealed class CompiledPolicy
{
    private readonly OdrlVocabulary _vocabulary;
    private readonly CompiledPermission[] _permissions;
    private readonly CompiledRule[] _prohibitions;

    private CompiledPolicy(OdrlPolicy policy, OdrlVocabulary vocabulary)
    {
        Policy = policy;
        _vocabulary = vocabulary;
        _permissions = [.. policy.Permissions.Select(rule => new CompiledPermission(
            new(rule, vocabulary), [.. rule.Duties.Select(duty => new CompiledDuty(duty, vocabulary))]))];
        _prohibitions = [.. policy.Prohibitions.Select(rule => new CompiledRule(rule, vocabulary))];
    }

    /// <summary>The policy.</summary>
    public OdrlPolicy Policy { get; }

    /// <summary>Prepares a policy.</summary>
    /// <param name="policy">The policy; inherited rules must have been resolved, see <see cref="PolicyInheritance"/>.</param>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>The prepared policy, which never changes.</returns>
    public static CompiledPolicy Compile(OdrlPolicy policy, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy, vocabulary ?? OdrlVocabulary.Standard);
    }

    /// <summary>Decides a request, without reasons.</summary>
    /// <param name="request">The use.</param>
    /// <param name="world">What is the case.</param>
    /// <returns>The same cause as <see cref="PolicyEvaluator.Evaluate"/> finds.</returns>
    public DecisionCause Decide(UsageRequest request, StateOfTheWorld world)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(world);
        return Decide(new Situation(request, world));
    }

    /// <summary>Decides a request, with reasons, due duties and the report.</summary>
    /// <param name="request">The use.</param>
    /// <param name="world">What is the case.</param>
    /// <returns>The decision.</returns>
    public Decision Explain(UsageRequest request, StateOfTheWorld world) => PolicyEvaluator.Evaluate(Policy, request, world, _vocabulary);

    internal DecisionCause Decide(Situation situation)
    {
        var (hasActive, isGranted, isForbidden) = (false, false, false);
        foreach (var permission in _permissions)
        {
            if (permission.Premises.Test(situation, anyIsEnough: false) is not Satisfaction.Satisfied)
                continue;
            hasActive = true;
            if (permission.HasViolatedDuty(situation))
                continue;
            isGranted = true;
            break;
        }

        foreach (var prohibition in _prohibitions)
        {
            if (prohibition.Test(situation, anyIsEnough: true) is Satisfaction.Unsatisfied)
                continue;
            isForbidden = true;
            break;
        }

        return PolicyEvaluator.CauseOf(Policy.Conflict, hasActive, isGranted, isForbidden);
    }

    private sealed record CompiledPermission(CompiledRule Premises, CompiledDuty[] Duties)
    {
        public bool HasViolatedDuty(Situation situation)
        {
            foreach (var duty in Duties)
            {
                if (duty.IsViolated(situation))
                    return true;
            }

            return false;
        }
    }
}
