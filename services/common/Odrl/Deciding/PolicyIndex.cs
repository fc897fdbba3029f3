using System.Collections.Concurrent;

namespace Ecosystem.Odrl;

/// <summary>The answer over many policies.</summary>
/// <param name="Cause">Why it came out as it did.</param>
/// <param name="Policy">The policy that settled it: one that forbids, else one that permits; null when no permission applies.</param>
public readonly record struct IndexedDecision(DecisionCause Cause, CompiledPolicy? Policy)
{
    /// <summary>Whether the use is permitted.</summary>
    public bool IsPermitted => Cause is DecisionCause.Permitted;
}

/// <summary>
/// Many policies at once. A use is permitted when one of them permits it and none forbids it or is void for it. Policies are found by the
/// asset and the party that their rules name, so that a decision looks only at those that can have a say; how many others there are does
/// not matter. Those that speak of the same asset and party are all looked at: each of them may forbid. Safe for use from several threads;
/// decisions never wait.
/// </summary>
public sealed class PolicyIndex
{
    // Keys of rules that name no asset, or no party.
    private const string Anything = "";

    private readonly ConcurrentDictionary<(string Target, string Assignee), Posting> _postings = new();
    private readonly ConcurrentDictionary<string, CompiledPolicy> _policies = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private readonly OdrlVocabulary _vocabulary;

    /// <summary>An empty index.</summary>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    public PolicyIndex(OdrlVocabulary? vocabulary = null) => _vocabulary = vocabulary ?? OdrlVocabulary.Standard;

    /// <summary>How many policies there are.</summary>
    public int Count => _policies.Count;

    /// <summary>Adds a policy, or replaces the one with the same identifier.</summary>
    /// <param name="policy">The policy; inherited rules must have been resolved, see <see cref="PolicyInheritance"/>.</param>
    public void Put(OdrlPolicy policy)
    {
        var compiled = CompiledPolicy.Compile(policy, _vocabulary);
        lock (_writing)
        {
            // First the new rules, then away with the old: in between both count, and a prohibition of either holds.
            _policies.TryGetValue(policy.Uid, out var before);
            _policies[policy.Uid] = compiled;
            foreach (var key in KeysOf(policy))
                _postings[key] = _postings.TryGetValue(key, out var posting) ? posting.With(compiled) : Posting.Of(compiled);
            if (before is not null)
                Forget(before);
        }
    }

    /// <summary>Removes a policy.</summary>
    /// <param name="uid">Its identifier.</param>
    /// <returns>False when there is none.</returns>
    public bool Remove(string uid)
    {
        lock (_writing)
        {
            if (!_policies.TryRemove(uid, out var known))
                return false;
            Forget(known);
            return true;
        }
    }

    /// <summary>Decides a request over all policies.</summary>
    /// <param name="request">The use. Without an asset or a party every policy has to be looked at, since each might be meant.</param>
    /// <param name="world">What is the case.</param>
    /// <returns>What evaluating each policy by itself would give.</returns>
    public IndexedDecision Decide(UsageRequest request, StateOfTheWorld world)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(world);
        var situation = new Situation(request, world);
        var verdict = new Tally();
        if (request is { Target: { } target, Assignee: { } assignee })
            Probe(target, assignee, situation, ref verdict);
        else
            Scan(situation, ref verdict);
        return verdict.Decision;
    }

    private void Scan(Situation situation, ref Tally verdict)
    {
        foreach (var (_, policy) in _policies)
        {
            if (verdict.IsSettledBy(policy, situation))
                return;
        }
    }

    private void Probe(string target, string assignee, Situation situation, ref Tally verdict)
    {
        var (assets, parties) = (situation.CollectionsOfTarget, situation.CollectionsOfAssignee);
        for (var asset = -1; asset < (assets?.Count ?? 1); asset++)
        {
            var assetKey = asset < 0 ? Anything : assets is null ? target : assets[asset];
            for (var party = -1; party < (parties?.Count ?? 1); party++)
            {
                var partyKey = party < 0 ? Anything : parties is null ? assignee : parties[party];
                if (!_postings.TryGetValue((assetKey, partyKey), out var posting))
                    continue;
                foreach (var policy in posting.Policies)
                {
                    if (verdict.IsSettledBy(policy, situation))
                        return;
                }
            }
        }
    }

    private void Forget(CompiledPolicy policy)
    {
        foreach (var key in KeysOf(policy.Policy))
        {
            if (_postings[key].Without(policy) is { } rest)
                _postings[key] = rest;
            else
                _postings.TryRemove(key, out _);
        }
    }

    private static HashSet<(string Target, string Assignee)> KeysOf(OdrlPolicy policy) =>
    [
        .. policy.Permissions.Concat<Rule>(policy.Prohibitions)
            .SelectMany(rule => NamesOf(rule.Targets).SelectMany(_ => NamesOf(rule.Assignees), (target, assignee) => (target, assignee))),
    ];

    private static IEnumerable<string> NamesOf(Sequence<RuleTerm> terms) => terms.Count == 0
        ? [Anything]
        : terms.SelectMany(term => term.Source is { } source ? new[] { term.Iri, source } : [term.Iri]);

    /// <summary>What was found so far; forbidding outweighs permitting, permitting outweighs a violated duty.</summary>
    private struct Tally
    {
        public Tally() => Decision = new(DecisionCause.NoPermission, null);

        public IndexedDecision Decision { get; private set; }

        public bool IsSettledBy(CompiledPolicy policy, Situation situation)
        {
            var cause = policy.Decide(situation);
            if (cause is DecisionCause.Prohibited or DecisionCause.PolicyInConflict)
            {
                Decision = new(cause, policy);
                return true;
            }

            if (cause is DecisionCause.Permitted || (cause is DecisionCause.DutyViolated && Decision.Policy is null))
                Decision = new(cause, policy);
            return false;
        }
    }
}
