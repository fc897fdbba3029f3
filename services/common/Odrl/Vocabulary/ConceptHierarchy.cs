using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Whether something is known to hold, known not to hold, or not known.</summary>
public enum Knowledge
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Known to hold.</summary>
    True,

    /// <summary>Known not to hold.</summary>
    False,
}

/// <summary>A concept of a declared vocabulary.</summary>
/// <param name="Iri">The concept's IRI.</param>
/// <param name="Label">Its name in German and English.</param>
/// <param name="Broader">The concepts it is a kind, or a part, of.</param>
public sealed record Concept(string Iri, Sentence Label, Sequence<string> Broader);

/// <summary>
/// What is known of concepts: which is narrower than which, and which exclude each other. Silence means "not known", never "no"
/// (the open-world reading of the vocabularies that policies refer to).
/// </summary>
public sealed class ConceptHierarchy
{
    private readonly FrozenDictionary<string, Concept> _concepts;
    private readonly FrozenDictionary<string, FrozenSet<string>> _selfAndBroader;
    private readonly (string One, string Other)[] _disjoint;
    private readonly string[] _registries;

    /// <summary>Declares a vocabulary.</summary>
    /// <param name="concepts">The concepts.</param>
    /// <param name="disjoint">Pairs of concepts without a common case.</param>
    /// <param name="registries">IRI prefixes of flat registries: two different entries of one are never the same thing.</param>
    public ConceptHierarchy(IEnumerable<Concept> concepts, IEnumerable<(string One, string Other)> disjoint, IEnumerable<string> registries)
    {
        _concepts = concepts.ToFrozenDictionary(concept => concept.Iri, StringComparer.Ordinal);
        _selfAndBroader = _concepts.Keys.ToFrozenDictionary(iri => iri, iri => Climb(iri).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
        _disjoint = [.. disjoint];
        _registries = [.. registries];
    }

    /// <summary>The purposes of <see cref="Purposes"/>, some places of GeoNames, and the language tags of BCP 47.</summary>
    public static ConceptHierarchy Standard { get; } =
        new(Purposes.All.Select(purpose => purpose.Concept).Concat(Places.All), Purposes.Disjoint, ["https://tools.ietf.org/html/bcp47#"]);

    /// <summary>This vocabulary and more concepts.</summary>
    /// <param name="concepts">The concepts to add; one with a known IRI replaces it.</param>
    /// <returns>The larger vocabulary.</returns>
    public ConceptHierarchy With(params IEnumerable<Concept> concepts)
    {
        var more = concepts.ToDictionary(concept => concept.Iri, StringComparer.Ordinal);
        return new(_concepts.Values.Where(concept => !more.ContainsKey(concept.Iri)).Concat(more.Values), _disjoint, _registries);
    }

    /// <summary>Whether the concept is declared.</summary>
    /// <param name="iri">The concept's IRI.</param>
    /// <returns>True when something is known of it.</returns>
    public bool Knows(string iri)
    {
        if (_concepts.ContainsKey(iri))
            return true;
        foreach (var registry in _registries)
        {
            if (iri.StartsWith(registry, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The concept's name for people.</summary>
    /// <param name="iri">The concept's IRI.</param>
    /// <returns>The declared name, or the IRI.</returns>
    public Sentence LabelOf(string iri) => _concepts.TryGetValue(iri, out var concept) ? concept.Label : new(iri, iri);

    /// <summary>Whether every case of one concept is a case of the other.</summary>
    /// <param name="narrow">The concept that may be narrower.</param>
    /// <param name="broad">The concept that may be broader.</param>
    /// <returns>True along the hierarchy, false when the two exclude each other, else unknown.</returns>
    public Knowledge IsA(string narrow, string broad)
    {
        if (IsCaseOf(narrow, broad))
            return Knowledge.True;
        return AreDisjoint(narrow, broad) ? Knowledge.False : Knowledge.Unknown;
    }

    /// <summary>Whether no case can be a case of both concepts.</summary>
    /// <param name="one">A concept.</param>
    /// <param name="other">Another concept.</param>
    /// <returns>True when it is declared of them or of broader ones.</returns>
    public bool AreDisjoint(string one, string other)
    {
        if (one == other)
            return false;
        foreach (var registry in _registries)
        {
            if (one.StartsWith(registry, StringComparison.Ordinal) && other.StartsWith(registry, StringComparison.Ordinal))
                return true;
        }

        foreach (var (left, right) in _disjoint)
        {
            if ((IsCaseOf(one, left) && IsCaseOf(other, right)) || (IsCaseOf(one, right) && IsCaseOf(other, left)))
                return true;
        }

        return false;
    }

    /// <summary>The declared concepts that are kinds of both.</summary>
    /// <param name="one">A concept.</param>
    /// <param name="other">Another concept.</param>
    /// <returns>The IRIs of the common narrower concepts.</returns>
    public IEnumerable<string> NarrowerThanBoth(string one, string other) =>
        _concepts.Keys.Where(iri => IsCaseOf(iri, one) && IsCaseOf(iri, other));

    /// <summary>Whether one concept is the other or a narrower one; false also where nothing is known.</summary>
    internal bool IsCaseOf(string narrow, string broad) =>
        narrow == broad || (_selfAndBroader.TryGetValue(narrow, out var broader) && broader.Contains(broad));

    private HashSet<string> Climb(string iri)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { iri };
        var open = new Queue<string>([iri]);
        while (open.TryDequeue(out var next))
        {
            if (!_concepts.TryGetValue(next, out var concept))
                continue;
            foreach (var broader in concept.Broader)
            {
                if (found.Add(broader))
                    open.Enqueue(broader);
            }
        }

        return found;
    }
}
