namespace Ecosystem.Odrl;

/// <summary>Three-valued logic after Kleene: what is not known stays unknown unless the rest settles it.</summary>
internal static class Logic
{
    public static Satisfaction Of(bool holds) => holds ? Satisfaction.Satisfied : Satisfaction.Unsatisfied;

    public static Satisfaction Not(Satisfaction premise) => premise switch
    {
        Satisfaction.Satisfied => Satisfaction.Unsatisfied,
        Satisfaction.Unsatisfied => Satisfaction.Satisfied,
        _ => Satisfaction.Undetermined,
    };

    public static Satisfaction All(IEnumerable<Satisfaction> premises) => Not(Any(premises.Select(Not)));

    public static Satisfaction Any(IEnumerable<Satisfaction> premises)
    {
        var result = Satisfaction.Unsatisfied;
        foreach (var premise in premises)
        {
            if (premise is Satisfaction.Satisfied)
                return premise;
            if (premise is Satisfaction.Undetermined)
                result = premise;
        }

        return result;
    }

    public static Satisfaction ExactlyOne(IEnumerable<Satisfaction> premises)
    {
        var satisfied = 0;
        var undetermined = false;
        foreach (var premise in premises)
        {
            satisfied += premise is Satisfaction.Satisfied ? 1 : 0;
            undetermined |= premise is Satisfaction.Undetermined;
        }

        return satisfied > 1 ? Satisfaction.Unsatisfied : undetermined ? Satisfaction.Undetermined : Of(satisfied == 1);
    }

    public static Satisfaction Combine(LogicalOperator combination, IEnumerable<Satisfaction> premises) => combination switch
    {
        LogicalOperator.Or => Any(premises),
        LogicalOperator.Xone => ExactlyOne(premises),

        // The order of an andSequence matters to whoever performs it; at one moment all must hold.
        _ => All(premises),
    };
}
