namespace Ecosystem.Odrl;

/// <summary>A request and the state of the world, as compiled policies ask for them. One object serves all policies of a decision.</summary>
internal sealed class Situation(UsageRequest request, StateOfTheWorld world)
{
    private List<string>? _ofTarget;
    private List<string>? _ofAssignee;
    private Sequence<OdrlValue>? _now;

    public UsageRequest Request => request;

    public StateOfTheWorld World => world;

    public Instant Now { get; } = Instant.Of(world.CurrentTime);

    /// <summary>The collections that the asset belongs to, directly or through others; null when to none.</summary>
    public List<string>? CollectionsOfTarget => _ofTarget ??= CollectionsOf(request.Target);

    /// <summary>The collections that the party belongs to; null when to none.</summary>
    public List<string>? CollectionsOfAssignee => _ofAssignee ??= CollectionsOf(request.Assignee);

    /// <summary>What is known of a left operand; null when nothing is. The same order of precedence as in <see cref="ConditionEvaluator"/>.</summary>
    public Sequence<OdrlValue>? ValuesOf(string leftOperand, string? subject)
    {
        if (subject is not null)
            return world.Properties.TryGetValue(subject, out var properties) && properties.TryGetValue(leftOperand, out var own) ? own : null;
        if (leftOperand == OdrlTerms.DateTime)
            return _now ??= [OdrlValue.Instant(world.CurrentTime)];
        if (world.Observations.TryGetValue(leftOperand, out var observed) || request.Context.TryGetValue(leftOperand, out observed))
            return observed;
        return leftOperand == OdrlTerms.Recipient && request.Assignee is { } assignee ? [OdrlValue.Iri(assignee)] : null;
    }

    private List<string>? CollectionsOf(string? member)
    {
        if (member is null || world.Memberships.Count == 0)
            return null;
        List<string> found = [member];
        for (var next = 0; next < found.Count; next++)
        {
            for (var index = 0; index < world.Memberships.Count; index++)
            {
                var membership = world.Memberships[index];
                if (membership.Member == found[next] && !found.Contains(membership.Collection))
                    found.Add(membership.Collection);
            }
        }

        return found;
    }
}
