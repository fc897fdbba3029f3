namespace Ecosystem.Odrl;

/// <summary>Comparisons of one left operand whose values have an order: is there a value that satisfies all?</summary>
internal static class OrderedOperand
{
    public static Comparison Solve(List<Atom> atoms, ValueKind kind, ConceptHierarchy concepts)
    {
        if (Bounds.Of(atoms, kind) is not { } bounds)
            return Satisfiability.Unknown(atoms, concepts);
        Comparison? unknown = null;
        foreach (var low in bounds.Lower)
        {
            foreach (var high in bounds.Upper)
            {
                switch (Fits(low, high))
                {
                    case Satisfaction.Unsatisfied:
                        return Satisfiability.Conflict(Stated(low.Source, high.Source), concepts);
                    case Satisfaction.Undetermined:
                        unknown ??= Satisfiability.Unknown(Stated(low.Source, high.Source), concepts);
                        break;
                }
            }
        }

        return unknown ?? WithExclusions(atoms, bounds, concepts);
    }

    /// <summary>Whether there is room between a lower and an upper bound.</summary>
    public static Satisfaction Fits(Bound low, Bound high) => low.At.CompareTo(high.At) switch
    {
        null => Satisfaction.Undetermined,
        > 0 => Satisfaction.Unsatisfied,
        0 => Logic.Of(low.IsInclusive && high.IsInclusive),
        _ => Satisfaction.Satisfied,
    };

    // Between two different bounds are infinitely many values, so single excluded ones matter only where there is one value, or whole numbers.
    private static Comparison WithExclusions(List<Atom> atoms, Bounds bounds, ConceptHierarchy concepts)
    {
        if (LeftOperands.IsWhole(atoms[0].LeftOperand))
            return HasWholeNumber(bounds) ? Satisfiability.Compatible : Satisfiability.Conflict(atoms, concepts);
        foreach (var excluded in bounds.Excluded)
        {
            var inside = Logic.All(
            [
                Logic.Any(bounds.Lower.Select(low => Logic.Of(low.At.CompareTo(excluded.First) >= 0))),
                Logic.Any(bounds.Upper.Select(high => Logic.Of(excluded.IsPoint
                    ? high.At.CompareTo(excluded.Next) <= 0
                    : high.At.CompareTo(excluded.Next) < 0 || (high.At.CompareTo(excluded.Next) == 0 && !high.IsInclusive)))),
            ]);
            if (inside is Satisfaction.Satisfied)
                return Satisfiability.Conflict(atoms, concepts);
        }

        // Several excluded days may cover a span together, and an excluded value may be the only one left: not looked into further.
        var doubtful = bounds.Excluded.Exists(excluded => !excluded.IsPoint || excluded.First.Slack > 0) && bounds.Upper.Count > 0;
        return doubtful ? Satisfiability.Unknown(atoms, concepts) : Satisfiability.Compatible;
    }

    private static bool HasWholeNumber(Bounds bounds)
    {
        var least = bounds.Lower.Count == 0 ? 0 : bounds.Lower.Max(low => low.IsInclusive ? Math.Ceiling(low.At.At) : Math.Floor(low.At.At) + 1);
        for (var number = least; number <= least + bounds.Excluded.Count; number++)
        {
            var place = new Coordinate(number);
            var fits = bounds.Upper.TrueForAll(high => place.CompareTo(high.At) is { } order && (order < 0 || (order == 0 && high.IsInclusive)));
            if (fits && !bounds.Excluded.Exists(excluded => excluded.First.At == number))
                return true;
        }

        return false;
    }

    private static IEnumerable<Atom> Stated(params IEnumerable<Atom?> sources) => sources.Where(source => source is not null).Select(source => source!.Value);
}

/// <summary>One end of a range, and the comparison it comes from; null for what lies in the nature of the left operand.</summary>
internal readonly record struct Bound(Coordinate At, bool IsInclusive, Atom? Source);

/// <summary>The ranges that comparisons stand for.</summary>
internal sealed record Bounds(List<Bound> Lower, List<Bound> Upper, List<(Coordinate First, Coordinate Next, bool IsPoint)> Excluded)
{
    public static Bounds? Of(IEnumerable<Atom> atoms, ValueKind kind)
    {
        var bounds = new Bounds([], [], []);
        string? operand = null;
        foreach (var atom in atoms)
        {
            operand = atom.LeftOperand;
            if (Coordinate.Of(atom.Value, kind) is not { } value || !bounds.Add(atom, value))
                return null;
        }

        if (operand is not null && LeftOperands.IsNeverNegative(operand))
            bounds.Lower.Add(new(new(0), IsInclusive: true, null));
        if (operand is OdrlTerms.Namespace + "percentage")
            bounds.Upper.Add(new(new(100), IsInclusive: true, null));
        return bounds;
    }

    private bool Add(Atom atom, (Coordinate First, Coordinate Next, bool IsPoint) value)
    {
        switch (atom.Relation)
        {
            case ComparisonOperator.Eq:
                Lower.Add(new(value.First, true, atom));
                Upper.Add(new(value.Next, value.IsPoint, atom));
                return true;
            case ComparisonOperator.Neq:
                Excluded.Add(value);
                return true;
            case ComparisonOperator.Gteq:
                Lower.Add(new(value.First, true, atom));
                return true;
            case ComparisonOperator.Gt:
                Lower.Add(new(value.Next, !value.IsPoint, atom));
                return true;
            case ComparisonOperator.Lteq:
                Upper.Add(new(value.Next, value.IsPoint, atom));
                return true;
            case ComparisonOperator.Lt:
                Upper.Add(new(value.First, false, atom));
                return true;
            default:
                return false;
        }
    }
}
