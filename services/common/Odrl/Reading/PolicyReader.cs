using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Reads a policy and hands what it states for all rules down to each of them (compact policies, Information Model 2.2, section 2.7.1).</summary>
internal sealed class PolicyReader(TermResolver terms, ReaderLimits limits)
{
    private static readonly FrozenSet<string> PolicyProperties = new[]
    {
        "uid", "profile", "inheritFrom", "conflict", "permission", "prohibition", "obligation", "target", "action", "assigner", "assignee",
        "hasPolicy", "assigneeOf", "assignerOf",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PolicyKind> Kinds = Enum.GetValues<PolicyKind>()
        .ToFrozenDictionary(kind => OdrlTerms.Namespace + kind, StringComparer.Ordinal);

    public static bool IsPolicy(Place place, TermResolver terms) =>
        place.Properties().Any(property => terms.Property(property.Name) is "permission" or "prohibition" or "obligation")
        || TypesOf(place.Properties().FirstOrDefault(property => terms.Property(property.Name) is "@type").Value, terms).Any(Kinds.ContainsKey);

    public OdrlPolicy Read(Place place)
    {
        var node = OdrlNode.Read(place, terms, PolicyProperties, strict: false);
        var references = new TermReader(terms);
        var rules = new RuleReader(terms, references, new(limits));
        var shared = rules.ReadShared(node);
        var policy = new OdrlPolicy
        {
            Uid = references.Identifier(node) ?? throw node.Problem(
                "Die Richtlinie braucht eine Kennung („uid“ oder „@id“).", "The policy needs an identifier ('uid' or '@id')."),
            Kind = KindOf(node),
            Profiles = node.Items("profile").Select(references.Iri).ToSequence(),
            InheritFrom = node.Items("inheritFrom").Select(references.Iri).ToSequence(),
            Conflict = ConflictOf(node, references),
            Permissions = node.Items("permission").Select(rule => rules.ReadPermission(rule, shared)).ToSequence(),
            Prohibitions = node.Items("prohibition").Select(rule => rules.ReadProhibition(rule, shared)).ToSequence(),
            Obligations = node.Items("obligation").Select(rule => rules.ReadDuty(rule, shared, depth: 1)).ToSequence(),
        };
        if (policy.Permissions.Count + policy.Prohibitions.Count + policy.Obligations.Count + policy.InheritFrom.Count == 0)
        {
            throw node.Problem(
                "Die Richtlinie enthält keine Regel: Es braucht „permission“, „prohibition“ oder „obligation“.",
                "The policy has no rule: 'permission', 'prohibition' or 'obligation' is needed.");
        }

        return policy;
    }

    private PolicyKind KindOf(OdrlNode node)
    {
        if (node["@type"] is not { } type)
            return PolicyKind.Set;
        var names = TypesOf(type, terms).ToList();
        foreach (var name in names)
        {
            if (Kinds.TryGetValue(name, out var kind))
                return kind;
        }

        return names.Contains(OdrlTerms.Namespace + "Policy")
            ? PolicyKind.Set
            : throw type.Problem(
                $"Unbekannte Art von Richtlinie; bekannt sind {string.Join(", ", Enum.GetNames<PolicyKind>())}.",
                $"Unknown kind of policy; known are {string.Join(", ", Enum.GetNames<PolicyKind>())}.");
    }

    private static ConflictStrategy ConflictOf(OdrlNode node, TermReader references)
    {
        if (node["conflict"] is not { } conflict)
            return ConflictStrategy.Invalid;
        return OdrlTerms.ShortName(references.Vocabulary(conflict.Single())) switch
        {
            "perm" => ConflictStrategy.Permission,
            "prohibit" => ConflictStrategy.Prohibition,
            "invalid" => ConflictStrategy.Invalid,
            _ => throw conflict.Problem("„conflict“ muss „perm“, „prohibit“ oder „invalid“ sein.", "'conflict' must be 'perm', 'prohibit' or 'invalid'."),
        };
    }

    private static IEnumerable<string> TypesOf(Place type, TermResolver terms)
    {
        if (type.Path is null)
            yield break;
        foreach (var item in type.Items().Where(item => item.IsString))
            yield return terms.ExpandVocabulary(item.Text);
    }
}
