namespace Ecosystem.Odrl;

/// <summary>
/// Can conditions hold at once? Each alternative is split by left operand; one contradiction settles an alternative, one alternative without
/// any settles the question. What neither way can be proven is unknown.
/// </summary>
internal sealed class Satisfiability(ConceptHierarchy concepts)
{
    private static readonly Sentence TooComplex = new("Die Bedingungen haben zu viele Alternativen, um sie alle zu prüfen.", "The conditions have too many alternatives to check them all.");

    public Comparison Of(IEnumerable<Condition> conditions)
    {
        if (NormalForm.Of(new LogicalConstraint(LogicalOperator.And, conditions.ToSequence())) is not { } alternatives)
            return new(Verdict.Unknown, [TooComplex]);
        var reasons = new List<Sentence>();
        var unknown = new List<Sentence>();
        foreach (var alternative in alternatives)
        {
            var outcome = Solve(alternative);
            if (outcome.Verdict is Verdict.Compatible)
                return outcome;
            (outcome.Verdict is Verdict.Unknown ? unknown : reasons).AddRange(outcome.Reasons);
        }

        return unknown.Count > 0 ? new(Verdict.Unknown, unknown.Distinct().ToSequence()) : new(Verdict.Conflict, reasons.Distinct().ToSequence());
    }

    private Comparison Solve(List<Atom> atoms)
    {
        var outcomes = atoms.GroupBy(atom => atom.LeftOperand, StringComparer.Ordinal).Select(group => SolveOperand([.. group]))
            .Append(Schedules.AndInstants(atoms, concepts))
            .Append(UseTimes.Solve(atoms, concepts))
            .ToList();
        return outcomes.Find(outcome => outcome.Verdict is Verdict.Conflict)
            ?? outcomes.Find(outcome => outcome.Verdict is Verdict.Unknown)
            ?? Compatible;
    }

    private Comparison SolveOperand(List<Atom> atoms)
    {
        if (atoms.Exists(atom => atom.Constraint.RightOperandReference is not null || atom.Constraint.Operator is ComparisonOperator.IsAllOf))
            return atoms.Count == 1 && !atoms[0].IsNegated ? Compatible : Unknown(atoms);
        if (atoms.Select(atom => atom.Constraint.Unit).Distinct(StringComparer.Ordinal).Count() > 1)
            return Unknown(atoms);
        if (atoms[0].LeftOperand == OdrlTerms.TimeInterval)
            return Schedules.Solve(atoms, concepts);
        return Coordinate.KindOf(atoms) is { } kind ? OrderedOperand.Solve(atoms, kind, concepts) : new ConceptOperand(concepts, LeftOperands.KindOf(atoms[0].LeftOperand) is ValueKind.Concept).Solve(atoms);
    }

    internal static Comparison Compatible { get; } = new(Verdict.Compatible, [new("Die Bedingungen können zugleich gelten.", "The conditions can hold at once.")]);

    internal Comparison Unknown(IReadOnlyList<Atom> atoms) => Unknown(atoms, concepts);

    internal static Comparison Unknown(IEnumerable<Atom> atoms, ConceptHierarchy concepts)
    {
        var (german, english) = Join(atoms, concepts);
        return new(Verdict.Unknown, [new($"Nicht entscheidbar, ob zugleich gelten kann: {german}.", $"It cannot be said whether these can hold at once: {english}.")]);
    }

    internal static Comparison Conflict(IEnumerable<Atom> atoms, ConceptHierarchy concepts)
    {
        var (german, english) = Join(atoms, concepts);
        return new(Verdict.Conflict, [new($"Unvereinbar: {german}.", $"These contradict each other: {english}.")]);
    }

    private static (string German, string English) Join(IEnumerable<Atom> atoms, ConceptHierarchy concepts)
    {
        var texts = atoms.Select(atom => (Text: Wording.Describe(atom.Constraint, concepts), atom.IsNegated)).Distinct().ToList();
        return (
            string.Join(" und ", texts.Select(text => (text.IsNegated ? "nicht: " : "") + text.Text.German)),
            string.Join(" and ", texts.Select(text => (text.IsNegated ? "not: " : "") + text.Text.English)));
    }
}
