namespace Ecosystem.Odrl;

/// <summary>
/// Comparisons of one left operand whose values are concepts or texts. Compatible needs a witness that passes them all; a conflict needs two
/// that exclude each other by declaration. In between nothing is known (open world).
/// </summary>
/// <param name="concepts">What is known of concepts.</param>
/// <param name="takesConcepts">Whether "equal" includes narrower concepts, as it does where the left operand takes concepts.</param>
internal sealed class ConceptOperand(ConceptHierarchy concepts, bool takesConcepts)
{
    // A witness below two concepts is looked for among so many of them; beyond, the answer may be "unknown" for want of one.
    private const int MostPaired = 8;

    public Comparison Solve(List<Atom> atoms)
    {
        if (atoms.Exists(atom => atom.Constraint.Operator is ComparisonOperator.Lt or ComparisonOperator.Lteq or ComparisonOperator.Gt or ComparisonOperator.Gteq))
            return Satisfiability.Unknown(atoms, concepts);
        var positive = atoms.Where(IsPositive).ToList();
        if (positive.Count == 0)
            return Satisfiability.Compatible;
        if (Candidates(positive).Any(candidate => atoms.TrueForAll(atom => Passes(candidate, atom) is Knowledge.True)))
            return Satisfiability.Compatible;
        foreach (var one in positive)
        {
            foreach (var other in atoms.Where(other => Exclude(one, other)))
                return Satisfiability.Conflict([one, other], concepts);
        }

        return Satisfiability.Unknown(atoms, concepts);
    }

    private static bool IsPositive(Atom atom) => atom.Relation switch
    {
        ComparisonOperator.Eq => true,
        ComparisonOperator.Neq => false,
        _ => !atom.IsNegated,
    };

    private IEnumerable<string> Candidates(List<Atom> positive)
    {
        var named = positive.Select(atom => atom.Value.Lexical).Distinct(StringComparer.Ordinal).ToList();
        var paired = named.Take(MostPaired).ToList();
        return named.Concat(paired.SelectMany(one => paired.Where(other => string.CompareOrdinal(one, other) < 0).SelectMany(other => concepts.NarrowerThanBoth(one, other))));
    }

    private Knowledge Passes(string candidate, Atom atom) => atom.Relation switch
    {
        ComparisonOperator.Eq => IsSame(candidate, atom),
        ComparisonOperator.Neq => Not(IsSame(candidate, atom)),
        ComparisonOperator.HasPart => Signed(concepts.IsA(atom.Value.Lexical, candidate), atom.IsNegated),
        _ => Signed(concepts.IsA(candidate, atom.Value.Lexical), atom.IsNegated),
    };

    private Knowledge IsSame(string candidate, Atom atom)
    {
        var known = takesConcepts || candidate == atom.Value.Lexical || concepts.AreDisjoint(candidate, atom.Value.Lexical)
            ? concepts.IsA(candidate, atom.Value.Lexical)
            : Knowledge.Unknown;
        return known is Knowledge.Unknown && AreTexts(candidate, atom.Value.Lexical) ? Knowledge.False : known;
    }

    /// <summary>Whether no value can satisfy both.</summary>
    private bool Exclude(Atom one, Atom other)
    {
        var (left, right) = (one.Value.Lexical, other.Value.Lexical);
        if (one.Relation is ComparisonOperator.HasPart)
            return other.Relation is ComparisonOperator.HasPart && other.IsNegated && left == right;
        return other.Relation switch
        {
            ComparisonOperator.Eq => concepts.AreDisjoint(left, right) || (one.Relation is ComparisonOperator.Eq && left != right && AreTexts(left, right)),
            ComparisonOperator.Neq => takesConcepts ? concepts.IsA(left, right) is Knowledge.True : one.Relation is ComparisonOperator.Eq && left == right,
            ComparisonOperator.IsA when other.IsNegated => concepts.IsA(left, right) is Knowledge.True,
            ComparisonOperator.IsA => concepts.AreDisjoint(left, right),
            _ => false,
        };
    }

    // Two IRIs may name the same thing, two different texts are different.
    private static bool AreTexts(string one, string other) => !one.Contains(':', StringComparison.Ordinal) && !other.Contains(':', StringComparison.Ordinal);

    private static Knowledge Signed(Knowledge knowledge, bool isNegated) => isNegated ? Not(knowledge) : knowledge;

    private static Knowledge Not(Knowledge knowledge) => knowledge switch
    {
        Knowledge.True => Knowledge.False,
        Knowledge.False => Knowledge.True,
        _ => knowledge,
    };
}
