using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>How a duty stands (compliance report model: deontic state).</summary>
public enum DeonticState
{
    /// <summary>Neither fulfilled nor violated yet.</summary>
    NonSet,

    /// <summary>Fulfilled.</summary>
    Fulfilled,

    /// <summary>Violated.</summary>
    Violated,
}

/// <summary>What is the case at the moment of a decision (W3C ODRL formal semantics draft: state of the world).</summary>
/// <param name="CurrentTime">The moment.</param>
public sealed record StateOfTheWorld(DateTimeOffset CurrentTime)
{
    /// <summary>Observed values by left operand, for example how often the asset was used.</summary>
    public IReadOnlyDictionary<string, Sequence<OdrlValue>> Observations { get; init; } =
        FrozenDictionary<string, Sequence<OdrlValue>>.Empty;

    /// <summary>Which party or asset belongs to which collection; memberships of memberships count.</summary>
    public Sequence<Membership> Memberships { get; init; } = [];

    /// <summary>Values of parties and assets by their IRI and the left operand, for refinements.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sequence<OdrlValue>>> Properties { get; init; } =
        FrozenDictionary<string, IReadOnlyDictionary<string, Sequence<OdrlValue>>>.Empty;

    /// <summary>The values behind each <c>rightOperandReference</c>.</summary>
    public IReadOnlyDictionary<string, Sequence<OdrlValue>> References { get; init; } =
        FrozenDictionary<string, Sequence<OdrlValue>>.Empty;

    /// <summary>How duties, by their identifier, stand.</summary>
    public IReadOnlyDictionary<string, DeonticState> Duties { get; init; } = FrozenDictionary<string, DeonticState>.Empty;

    internal bool IsIn(string member, string collection)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { member };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var next))
        {
            foreach (var membership in Memberships)
            {
                if (membership.Member != next)
                    continue;
                if (membership.Collection == collection)
                    return true;
                if (seen.Add(membership.Collection))
                    open.Enqueue(membership.Collection);
            }
        }

        return false;
    }
}

/// <summary>That a party or an asset belongs to a collection (<c>odrl:partOf</c>).</summary>
/// <param name="Member">The IRI of the party, asset or smaller collection.</param>
/// <param name="Collection">The IRI of the collection.</param>
public sealed record Membership(string Member, string Collection);
