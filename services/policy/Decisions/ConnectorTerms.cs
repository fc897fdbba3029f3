using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.V1;
using Duty = Ecosystem.Policy.V1.Duty;

namespace Ecosystem.Policy.Decisions;

/// <summary>Terms that depend on what only the connector knows, where the data are used: it states the values, is bound by its word, and ends the use in time.</summary>
internal static class ConnectorTerms
{
    public const string Enforce = "urn:ecosystem:enforce";

    /// <summary>Every organisation of the ecosystem is a member of this collection, so that terms can select among them by what is stated of them.</summary>
    public const string Alliance = "urn:ecosystem:alliance";

    private const string Ids = "https://w3id.org/idsa/code/";
    private const int MostStatements = 50;
    private const int MostValues = 20;
    private const int LongestValue = 500;

    /// <summary>The left operands of the IDS usage classes that a connector can state.</summary>
    public static IReadOnlySet<string> Stateable { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        OdrlTerms.Namespace + "systemDevice", OdrlTerms.Spatial, OdrlTerms.Namespace + "event", OdrlTerms.ElapsedTime,
        Ids + "APPLICATION", Ids + "ROLE", Ids + "SECURITY_LEVEL", Ids + "ARTIFACT_STATE", Ids + "STATE", Ids + "DATA_CLASSIFICATION",
    };

    /// <summary>What can be decided when the connector states what it knows.</summary>
    public static IReadOnlySet<string> Decidable { get; } = UseRules.Decidable.Concat(Stateable).ToHashSet(StringComparer.Ordinal);

    /// <summary>What can be decided when registered sources tell something as well.</summary>
    public static IReadOnlySet<string> DecidableWith(IReadOnlySet<string> answeredBySources) =>
        answeredBySources.Count == 0 ? Decidable : Decidable.Union(answeredBySources).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="global::Grpc.Core.RpcException">Statements that cannot be taken; each is named.</exception>
    public static IReadOnlyList<Statement> Read(IReadOnlyList<Statement> stated, string prefix)
    {
        var violations = new List<(string Field, string Problem)>();
        if (stated.Count > MostStatements)
            violations.Add(($"{prefix}statements", $"At most {MostStatements}; these are {stated.Count}."));
        for (var index = 0; index < stated.Count && violations.Count == 0; index++)
        {
            var (field, statement) = ($"{prefix}statements[{index}]", stated[index]);
            if (string.IsNullOrWhiteSpace(statement.LeftOperand) || statement.LeftOperand.Length > LongestValue)
                violations.Add(($"{field}.left_operand", $"Name what is stated, in at most {LongestValue} characters, for example 'spatial'."));
            else if (UseRules.Decidable.Contains(Question.ActionIri(statement.LeftOperand)))
                violations.Add(($"{field}.left_operand", "This is decided on what the service knows itself; it cannot be stated."));
            if (statement.Values.Any(value => value.StartsWith(KnownFact.RealmRole, StringComparison.Ordinal)))
                violations.Add(($"{field}.values", "Roles of the realm are read from the caller's token; they cannot be stated."));
            if (statement.Values.Count is 0 or > MostValues || statement.Values.Any(value => value.Length is 0 or > LongestValue))
                violations.Add(($"{field}.values", $"Between 1 and {MostValues} values of at most {LongestValue} characters."));
        }

        return violations.Count == 0
            ? [.. stated.Select(statement => new Statement(statement) { LeftOperand = Question.ActionIri(statement.LeftOperand) })]
            : throw RichStatus.InvalidArgument("What is stated of the use cannot be taken.", [.. violations]);
    }

    public static Sequence<OdrlValue> ValuesOf(this Statement statement) =>
        statement.Values.Select(value => Uri.TryCreate(value, UriKind.Absolute, out _) ? OdrlValue.Iri(value) : OdrlValue.Text(value)).ToSequence();

    /// <summary>What a permission asks the connector to know.</summary>
    public static IEnumerable<Constraint> ConditionsOf(Permission permission) =>
        PolicyWalk.ConstraintsOf(permission).Where(constraint => Stateable.Contains(constraint.LeftOperand)).Distinct();

    /// <summary>The duty to go on checking what was stated; none where nothing was.</summary>
    public static IEnumerable<Duty> DutiesOf(Permission permission)
    {
        var conditions = ConditionsOf(permission).Select(Present).ToList();
        if (conditions.Count == 0)
            yield break;
        var (german, english) = (string.Join("; ", conditions.Select(condition => condition.Sentence.Values["de"])), string.Join("; ", conditions.Select(condition => condition.Sentence.Values["en"])));
        yield return new()
        {
            Action = Enforce,
            Sentence = new Sentence($"Die Nutzung beenden, sobald nicht mehr gilt: {german}.", $"End the use as soon as this no longer holds: {english}.").Localized(),
            Conditions = { conditions },
        };
    }

    public static Duty Present(DueDuty due, RuleTerm action) => new()
    {
        Action = action.Iri,
        Sentence = due.Description.Localized(),
        Conditions = { PolicyWalk.ConstraintsOf(action.Refinements.Concat(due.Duty.Constraints)).Select(Present) },
    };

    public static V1.Condition Present(Constraint constraint) => new()
    {
        LeftOperand = constraint.LeftOperand,
        Operator = char.ToLowerInvariant(constraint.Operator.ToString()[0]) + constraint.Operator.ToString()[1..],
        RightOperands = { constraint.RightOperands.Select(value => value.Lexical) },
        Unit = constraint.Unit ?? "",
        Sentence = PolicyDescription.Of(constraint).Localized(),
    };
}
