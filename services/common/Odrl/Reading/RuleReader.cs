using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Reads rules, with what the policy states for all of them.</summary>
internal sealed class RuleReader(TermResolver terms, TermReader references, ElementBudget budget)
{
    private static readonly string[] Common =
    [
        "uid", "target", "action", "assigner", "assignee", "constraint", "relation", "output", "function",
        "informedParty", "informingParty", "compensatedParty", "compensatingParty", "attributedParty", "attributingParty", "consentedParty",
        "consentingParty", "contractedParty", "contractingParty", "trackedParty", "trackingParty",
    ];

    private static readonly FrozenSet<string> PermissionProperties = Common.Append("duty").ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> ProhibitionProperties = Common.Append("remedy").ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> DutyProperties = Common.Append("consequence").ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> TermProperties =
        new[] { "uid", "type", "source", "refinement", "partOf", "scope", "includedIn", "implies", "hasPolicy", "assigneeOf", "assignerOf" }.ToFrozenSet(StringComparer.Ordinal);

    private const string RdfValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";

    private readonly ConditionReader _conditions = new(terms, references, budget);

    public Shared ReadShared(OdrlNode policy) => new(
        Terms(policy, "target", action: false), Terms(policy, "action", action: true),
        Terms(policy, "assigner", action: false), Terms(policy, "assignee", action: false));

    public Permission ReadPermission(Place place, Shared shared)
    {
        var node = Open(place, PermissionProperties);
        return Fill(new Permission { Duties = [.. Duties(node, "duty", depth: 1), .. Duties(node, IdsTerms.PostDuty, depth: 1)] }, node, shared);
    }

    public Prohibition ReadProhibition(Place place, Shared shared)
    {
        var node = Open(place, ProhibitionProperties);
        return Fill(new Prohibition { Remedies = Duties(node, "remedy", depth: 1) }, node, shared);
    }

    public Duty ReadDuty(Place place, Shared shared, int depth)
    {
        budget.CheckDepth(place, depth);
        var node = Open(place, DutyProperties);
        return Fill(new Duty { Consequences = Duties(node, "consequence", depth + 1) }, node, shared);
    }

    private OdrlNode Open(Place place, FrozenSet<string> known)
    {
        budget.Take(place);
        return OdrlNode.Read(place, terms, known);
    }

    // A duty inside a rule takes nothing from the policy: compact properties are handed down to the policy's own rules only.
    private Sequence<Duty> Duties(OdrlNode node, string property, int depth) =>
        node.Items(property).Select(duty => ReadDuty(duty, Shared.Nothing, depth)).ToSequence();

    private T Fill<T>(T rule, OdrlNode node, Shared shared)
        where T : Rule => rule with
        {
            Uid = references.Identifier(node),
            Targets = Or(Terms(node, "target", action: false), shared.Targets),
            Actions = Or(Terms(node, "action", action: true), shared.Actions),
            Assigners = Or(Terms(node, "assigner", action: false), shared.Assigners),
            Assignees = Or(Terms(node, "assignee", action: false), shared.Assignees),
            Constraints = node.Items("constraint").Select(condition => _conditions.Read(condition)).ToSequence(),
        };

    private static Sequence<RuleTerm> Or(Sequence<RuleTerm> own, Sequence<RuleTerm> shared) => own.Count > 0 ? own : shared;

    private Sequence<RuleTerm> Terms(OdrlNode node, string property, bool action) =>
        node.Items(property).Select(term => ReadTerm(term, action)).ToSequence();

    private RuleTerm ReadTerm(Place place, bool action)
    {
        if (!place.IsObject)
            return new(action ? references.Vocabulary(place) : references.Iri(place));
        var node = OdrlNode.Read(place, terms, TermProperties, strict: action);
        var source = node["source"] is { } from ? references.Iri(from.Single()) : null;
        var name = node["uid"] ?? node["@id"] ?? node[RdfValue] ?? (action ? node["type"] ?? node["@type"] : null);
        var iri = name is { } stated
            ? action ? ActionName(stated.Single()) : references.Iri(stated.Single())
            : source ?? throw place.Problem("Hier fehlt die Kennung („uid“ oder „@id“).", "The identifier is missing here ('uid' or '@id').");
        return new(iri)
        {
            Source = source,
            Refinements = node.Items("refinement").Select(condition => _conditions.Read(condition)).ToSequence(),
        };
    }

    // The main open connector writes { "odrl:type": "USE" }.
    private string ActionName(Place place)
    {
        var iri = references.Vocabulary(place);
        var name = OdrlTerms.ShortName(iri);
        return name != iri && name.All(char.IsAsciiLetterUpper) ? OdrlTerms.Namespace + char.ToLowerInvariant(name[0]) + name[1..].ToLowerInvariant() : iri;
    }

    /// <summary>What a compact policy states for all its rules.</summary>
    internal sealed record Shared(Sequence<RuleTerm> Targets, Sequence<RuleTerm> Actions, Sequence<RuleTerm> Assigners, Sequence<RuleTerm> Assignees)
    {
        public static Shared Nothing { get; } = new([], [], [], []);
    }
}

/// <summary>Counts what has been read, and refuses more than the limits allow.</summary>
internal sealed class ElementBudget(ReaderLimits limits)
{
    private int _taken;

    public void Take(Place place)
    {
        if (++_taken > limits.Elements)
            throw place.Problem($"Die Richtlinie hat mehr als {limits.Elements} Regeln und Bedingungen.", $"The policy has more than {limits.Elements} rules and conditions.");
    }

    public void CheckDepth(Place place, int depth)
    {
        if (depth > limits.Nesting)
            throw place.Problem($"Bedingungen und Pflichten dürfen höchstens {limits.Nesting} Ebenen tief geschachtelt sein.", $"Conditions and duties may nest at most {limits.Nesting} levels deep.");
    }
}
