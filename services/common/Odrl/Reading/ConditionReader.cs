using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Reads constraints and logical constraints.</summary>
internal sealed class ConditionReader(TermResolver terms, TermReader references, ElementBudget budget)
{
    private static readonly FrozenSet<string> Properties = new[]
    {
        "uid", "leftOperand", "operator", "rightOperand", "rightOperandReference", "unit", "dataType", "datatype", "status",
        "and", "or", "xone", "andSequence",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly (string Name, LogicalOperator Operator)[] LogicalOperators =
        [("and", LogicalOperator.And), ("or", LogicalOperator.Or), ("xone", LogicalOperator.Xone), ("andSequence", LogicalOperator.AndSequence)];

    private static readonly FrozenDictionary<string, ComparisonOperator> Operators = Enum.GetValues<ComparisonOperator>()
        .ToFrozenDictionary(OperatorName, StringComparer.Ordinal);

    /// <summary>The name of an operator as the standard writes it.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string OperatorName(ComparisonOperator value) => CamelCase(value.ToString());

    public Condition Read(Place place, int depth = 1)
    {
        budget.Take(place);
        budget.CheckDepth(place, depth);
        var node = OdrlNode.Read(place, terms, Properties);
        var logical = LogicalOperators.Where(known => node[known.Name] is not null).ToList();
        if (logical.Count > 1 || (logical.Count == 1 && node["leftOperand"] is not null))
            throw node.Problem("Eine Bedingung ist entweder ein Vergleich oder genau eine Verknüpfung (and, or, xone, andSequence).", "A condition is either a comparison or exactly one combination (and, or, xone, andSequence).");
        return logical.Count == 1 ? ReadLogical(node, logical[0], depth) : ReadConstraint(node);
    }

    private LogicalConstraint ReadLogical(OdrlNode node, (string Name, LogicalOperator Operator) logical, int depth)
    {
        var operands = node.Items(logical.Name).Select(operand => Read(operand, depth + 1)).ToSequence();
        if (operands.Count == 0)
            throw node.Problem($"„{logical.Name}“ braucht mindestens eine Bedingung.", $"'{logical.Name}' needs at least one condition.");
        return new(logical.Operator, operands) { Uid = references.Identifier(node) };
    }

    private Constraint ReadConstraint(OdrlNode node)
    {
        var left = references.Vocabulary(Required(node, "leftOperand").Single());
        var comparison = OperatorOf(Required(node, "operator").Single());
        var dataType = (node["dataType"] ?? node["datatype"]) is { } type ? references.TypeIri(references.Iri(type.Single())) : null;
        var takesConcept = LeftOperands.KindOf(left) is ValueKind.Concept;
        var right = node.Items("rightOperand").Select(value => references.Value(value, dataType, takesConcept)).ToSequence();
        var reference = node["rightOperandReference"] is { } stated ? references.Iri(stated.Single()) : null;
        if ((right.Count > 0) == (reference is not null))
            throw node.Problem("Genau eines von „rightOperand“ und „rightOperandReference“ muss angegeben sein.", "Exactly one of 'rightOperand' and 'rightOperandReference' must be stated.");
        if (right.Count > 1 && comparison is ComparisonOperator.Lt or ComparisonOperator.Lteq or ComparisonOperator.Gt or ComparisonOperator.Gteq && right.Count > 1)
            throw node.Problem($"„{OperatorName(comparison)}“ vergleicht mit genau einem Wert.", $"'{OperatorName(comparison)}' compares with exactly one value.");
        return new(left, comparison, right)
        {
            Uid = references.Identifier(node),
            RightOperandReference = reference,
            Unit = node["unit"] is { } unit ? references.Iri(unit.Single()) : null,
            Anchor = node.Extension("anchor") is { } anchor ? references.Value(anchor.Single(), OdrlTerms.Xsd + "dateTime", takesConcept: false) : null,
        };
    }

    private ComparisonOperator OperatorOf(Place place)
    {
        var name = OdrlTerms.ShortName(references.Vocabulary(place));
        if (Operators.TryGetValue(name, out var known))
            return known;

        // The JSON Schema of the Dataspace Protocol 2025-1 lists this spelling.
        if (name is "term-lteq")
            return ComparisonOperator.Lteq;
        throw place.Problem($"Unbekannter Operator „{name}“; bekannt sind {string.Join(", ", Operators.Keys.Order(StringComparer.Ordinal))}.", $"Unknown operator '{name}'; known are {string.Join(", ", Operators.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static Place Required(OdrlNode node, string name) =>
        node[name] ?? throw node.Problem($"In der Bedingung fehlt „{name}“.", $"The condition lacks '{name}'.");
}
