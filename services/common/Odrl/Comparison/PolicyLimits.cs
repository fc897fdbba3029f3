namespace Ecosystem.Odrl;

/// <summary>When the terms themselves are at an end: whatever else is the case, no further use can be permitted.</summary>
public static class PolicyLimits
{
    /// <summary>Whether no use after so many is permitted any more. Sound: true only when it is certain.</summary>
    /// <param name="policy">The terms.</param>
    /// <param name="uses">How many uses there were.</param>
    /// <returns>True when the terms permit no use of a higher number.</returns>
    public static bool IsUsedUp(OdrlPolicy policy, long uses)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Mentions(policy, OdrlTerms.Count) && Excludes(policy, new(OdrlTerms.Count, ComparisonOperator.Gt, [OdrlValue.Number(uses)]));
    }

    /// <summary>Whether no use from a moment on is permitted any more. Sound: true only when it is certain.</summary>
    /// <param name="policy">The terms.</param>
    /// <param name="now">The moment.</param>
    /// <returns>True when the terms permit no later use.</returns>
    public static bool IsOver(OdrlPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Mentions(policy, OdrlTerms.DateTime) && Excludes(policy, new(OdrlTerms.DateTime, ComparisonOperator.Gteq, [OdrlValue.Instant(now)]));
    }

    /// <summary>From when on no use is permitted any more.</summary>
    /// <param name="policy">The terms.</param>
    /// <param name="from">The moment to look from.</param>
    /// <param name="until">The moment to look to.</param>
    /// <returns>The first moment, to the millisecond, or null when uses may be permitted until the end.</returns>
    public static DateTimeOffset? EndOf(OdrlPolicy policy, DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= from || !IsOver(policy, until))
            return null;
        if (IsOver(policy, from))
            return from;

        // What is over stays over, so the end is found by halving: some forty looks for ten years.
        var (open, over) = (from, until);
        while (over - open > TimeSpan.FromMilliseconds(1))
        {
            var middle = open + ((over - open) / 2);
            (open, over) = IsOver(policy, middle) ? (open, middle) : (middle, over);
        }

        return over;
    }

    /// <summary>Whether the permissions depend on a left operand.</summary>
    /// <param name="policy">The terms.</param>
    /// <param name="leftOperand">The left operand's IRI.</param>
    /// <returns>True when a condition of a permission compares it.</returns>
    public static bool Mentions(OdrlPolicy policy, string leftOperand)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RuleComparison.SubjectsOf(policy).Contains(leftOperand);
    }

    private static bool Excludes(OdrlPolicy policy, Constraint rest) =>
        PolicyComparison.CanBothHold(policy, new() { Uid = "urn:rest", Permissions = [new() { Constraints = [rest] }] }).Verdict is Verdict.Conflict;
}
