namespace Ecosystem.Odrl;

/// <summary>
/// Recurring intervals that count from an anchor. Two meet if and only if the greatest common divisor of the periods divides the distance of
/// their anchors; if each two meet, all do (Chinese remainder theorem).
/// </summary>
internal static class Schedules
{
    public static Comparison Solve(List<Atom> atoms, ConceptHierarchy concepts)
    {
        if (atoms.Count == 1)
            return Satisfiability.Compatible;
        var outcome = Satisfiability.Compatible;
        for (var one = 0; one < atoms.Count; one++)
        {
            for (var other = one + 1; other < atoms.Count; other++)
            {
                switch (Meet(atoms[one], atoms[other]))
                {
                    case Knowledge.False:
                        return Satisfiability.Conflict([atoms[one], atoms[other]], concepts);
                    case Knowledge.Unknown:
                        outcome = Satisfiability.Unknown([atoms[one], atoms[other]], concepts);
                        break;
                }
            }
        }

        return outcome;
    }

    /// <summary>Whether the stated time of use can lie on the stated schedules.</summary>
    public static Comparison AndInstants(List<Atom> atoms, ConceptHierarchy concepts)
    {
        var schedules = atoms.Where(atom => atom is { LeftOperand: OdrlTerms.TimeInterval, Constraint.Anchor: not null }).ToList();
        var times = atoms.Where(atom => atom.LeftOperand == OdrlTerms.DateTime).ToList();
        if (schedules.Count == 0 || times.Count == 0)
            return Satisfiability.Compatible;
        if (times.Find(time => time.Relation is ComparisonOperator.Eq) is { Constraint: not null } instant)
            return OnAll(instant, schedules, concepts);

        // Between two bounds there may be no occurrence of a schedule; without one of them there always is a later or an earlier one.
        var isBounded = times.Exists(time => time.Relation is ComparisonOperator.Lt or ComparisonOperator.Lteq)
            && times.Exists(time => time.Relation is ComparisonOperator.Gt or ComparisonOperator.Gteq);
        return isBounded ? Satisfiability.Unknown([.. times, .. schedules], concepts) : Satisfiability.Compatible;
    }

    private static Comparison OnAll(Atom instant, List<Atom> schedules, ConceptHierarchy concepts)
    {
        var outcome = Satisfiability.Compatible;
        foreach (var schedule in schedules)
        {
            if (schedule.Relation is not ComparisonOperator.Eq || PeriodOf(schedule) is not { } period || Distance(instant.Value, schedule.Constraint.Anchor!) is not { } distance)
                outcome = Satisfiability.Unknown([instant, schedule], concepts);
            else if (distance % period != 0)
                return Satisfiability.Conflict([instant, schedule], concepts);
        }

        return outcome;
    }

    private static Knowledge Meet(Atom one, Atom other)
    {
        if (one.Relation is not ComparisonOperator.Eq || other.Relation is not ComparisonOperator.Eq)
            return Knowledge.Unknown;
        if (one.Constraint.Anchor is null && other.Constraint.Anchor is null)
            return one.Value == other.Value ? Knowledge.True : Knowledge.Unknown;
        if (one.Constraint.Anchor is not { } anchor || other.Constraint.Anchor is not { } otherAnchor
            || PeriodOf(one) is not { } period || PeriodOf(other) is not { } otherPeriod || Distance(anchor, otherAnchor) is not { } distance)
        {
            return Knowledge.Unknown;
        }

        return distance % GreatestCommonDivisor(period, otherPeriod) == 0 ? Knowledge.True : Knowledge.False;
    }

    private static decimal? PeriodOf(Atom atom) =>
        Duration.TryParse(atom.Value.Lexical, out var span) && span is { Months: 0, Seconds: > 0 } ? span.Seconds : null;

    private static decimal? Distance(OdrlValue one, OdrlValue other) =>
        Instant.TryParse(one.Lexical, out var first) && Instant.TryParse(other.Lexical, out var second) && first.HasZone == second.HasZone
            ? Math.Abs(first.FirstTick - second.FirstTick) / (decimal)TimeSpan.TicksPerSecond
            : null;

    private static decimal GreatestCommonDivisor(decimal one, decimal other)
    {
        while (other != 0)
            (one, other) = (other, one % other);
        return one;
    }
}
