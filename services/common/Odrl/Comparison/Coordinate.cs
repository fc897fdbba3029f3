namespace Ecosystem.Odrl;

/// <summary>
/// A place on a number line, for numbers, instants (ticks) and spans (seconds). Slack is how far it may be off against places with another
/// slack: instants without a zone against those with one, spans of months against spans of days.
/// </summary>
internal readonly record struct Coordinate(decimal At, decimal Slack = 0)
{
    private const decimal DaySeconds = 86_400;
    private const decimal MonthSeconds = 30.436875m * DaySeconds;

    // A run of n months is at most 1.5 n + 3 days away from n average months, in any calendar position.
    private const decimal MonthSlack = 1.5m * DaySeconds;

    /// <summary>The common kind of what is compared, or null when the values have no order.</summary>
    public static ValueKind? KindOf(List<Atom> atoms)
    {
        var kinds = atoms.Select(atom => LiteralTypes.KindOf(atom.Value.DataType)).Distinct().ToList();
        var known = LeftOperands.KindOf(atoms[0].LeftOperand);
        if (known is ValueKind.Instant or ValueKind.Duration or ValueKind.Number)
            return known;
        if (kinds is [{ } stated])
            return stated;
        var ordered = atoms.Exists(atom => atom.Constraint.Operator is ComparisonOperator.Lt or ComparisonOperator.Lteq or ComparisonOperator.Gt or ComparisonOperator.Gteq);
        return ordered && atoms.TrueForAll(atom => Values.TryNumber(atom.Value.Lexical, out _)) ? ValueKind.Number : null;
    }

    /// <summary>Where a value begins and where it ends: a date is a whole day, everything else a point.</summary>
    public static (Coordinate First, Coordinate Next, bool IsPoint)? Of(OdrlValue value, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.Number when Values.TryNumber(value.Lexical, out var number):
                return (new(number), new(number), true);
            case ValueKind.Duration when Duration.TryParse(value.Lexical, out var span):
                var place = new Coordinate((span.Months * MonthSeconds) + span.Seconds, span.Months == 0 ? 0 : (Math.Abs(span.Months) * MonthSlack) + (3 * DaySeconds));
                return (place, place, true);
            case ValueKind.Instant when Instant.TryParse(value.Lexical, out var instant):
                var slack = instant.HasZone ? 0 : 14m * TimeSpan.TicksPerHour;
                var isPoint = instant.FirstTick == instant.LastTick;
                return (new(instant.FirstTick, slack), new(isPoint ? instant.LastTick : instant.LastTick + 1, slack), isPoint);
            default:
                return null;
        }
    }

    /// <summary>Negative, 0 or positive; null when the slack does not let it be known.</summary>
    public int? CompareTo(Coordinate other)
    {
        var slack = Slack == other.Slack ? 0 : Math.Max(Slack, other.Slack);
        var difference = At - other.At;
        return difference > slack ? 1 : difference < -slack ? -1 : slack == 0 ? 0 : null;
    }
}
