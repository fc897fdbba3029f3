namespace Ecosystem.Odrl;

/// <summary>What left operands have to do with each other: the metered time of use is never longer than the elapsed time.</summary>
internal static class UseTimes
{
    public static Comparison Solve(List<Atom> atoms, ConceptHierarchy concepts)
    {
        var metered = atoms.Where(atom => atom.LeftOperand == OdrlTerms.MeteredTime && atom.Constraint.RightOperandReference is null).ToList();
        var elapsed = atoms.Where(atom => atom.LeftOperand == OdrlTerms.ElapsedTime && atom.Constraint.RightOperandReference is null).ToList();
        if (metered.Count == 0 || elapsed.Count == 0)
            return Satisfiability.Compatible;
        if (Bounds.Of(metered, ValueKind.Duration) is not { } least || Bounds.Of(elapsed, ValueKind.Duration) is not { } most)
            return Satisfiability.Unknown([.. metered, .. elapsed], concepts);
        var outcome = Satisfiability.Compatible;
        foreach (var low in least.Lower)
        {
            foreach (var high in most.Upper)
            {
                switch (OrderedOperand.Fits(low, high))
                {
                    case Satisfaction.Unsatisfied:
                        return Satisfiability.Conflict([.. metered, .. elapsed], concepts);
                    case Satisfaction.Undetermined:
                        outcome = Satisfiability.Unknown([.. metered, .. elapsed], concepts);
                        break;
                }
            }
        }

        return outcome;
    }
}
