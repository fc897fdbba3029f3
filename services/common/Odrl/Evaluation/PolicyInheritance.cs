namespace Ecosystem.Odrl;

/// <summary>Resolves <c>inheritFrom</c> (ODRL Information Model 2.2, section 2.8): a policy has its own rules and those of its parents.</summary>
public static class PolicyInheritance
{
    private const int MostGenerations = 16;

    /// <summary>The policy with the rules of all its ancestors.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="find">Finds a policy by its identifier; null when there is none.</param>
    /// <returns>A policy without <see cref="OdrlPolicy.InheritFrom"/>.</returns>
    /// <exception cref="OdrlFormatException">A parent is missing, inherits from its own child, or the line of ancestors is longer than 16.</exception>
    public static OdrlPolicy Resolve(OdrlPolicy policy, Func<string, OdrlPolicy?> find)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(find);
        return Resolve(policy, find, [policy.Uid]);
    }

    private static OdrlPolicy Resolve(OdrlPolicy policy, Func<string, OdrlPolicy?> find, Sequence<string> line)
    {
        var resolved = policy with { InheritFrom = [] };
        foreach (var uid in policy.InheritFrom)
        {
            if (line.Contains(uid))
                throw Problem($"Die Richtlinie „{uid}“ erbt von sich selbst: {string.Join(" → ", line.Append(uid))}.", $"The policy '{uid}' inherits from itself: {string.Join(" → ", line.Append(uid))}.");
            if (line.Count >= MostGenerations)
                throw Problem($"Die Reihe der Vorfahren ist länger als {MostGenerations}.", $"The line of ancestors is longer than {MostGenerations}.");
            var parent = find(uid)
                ?? throw Problem($"Die Richtlinie „{uid}“, von der geerbt wird, ist nicht bekannt.", $"The policy '{uid}' that is inherited from is not known.");
            var ancestor = Resolve(parent, find, [.. line, uid]);
            resolved = resolved with
            {
                Permissions = [.. resolved.Permissions, .. ancestor.Permissions],
                Prohibitions = [.. resolved.Prohibitions, .. ancestor.Prohibitions],
                Obligations = [.. resolved.Obligations, .. ancestor.Obligations],
                Conflict = Joined(resolved.Conflict, ancestor.Conflict),
            };
        }

        return resolved;
    }

    // A child decides how its conflicts are resolved, unless its parent says the opposite: then nothing resolves them (section 2.9).
    private static ConflictStrategy Joined(ConflictStrategy own, ConflictStrategy inherited) => (own, inherited) switch
    {
        (ConflictStrategy.Permission, ConflictStrategy.Prohibition) or (ConflictStrategy.Prohibition, ConflictStrategy.Permission) => ConflictStrategy.Invalid,
        _ => own,
    };

    private static OdrlFormatException Problem(string german, string english) => new("$.inheritFrom", new(german, english));
}
