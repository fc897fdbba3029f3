using System.Collections;

namespace Ecosystem.Rdf;

/// <summary>
/// A set of triples, indexed by subject and by object. Triples keep the order in which they were added, so that what is
/// written again reads like what was read. Not safe for writing from several threads.
/// </summary>
public sealed class Graph : IReadOnlyCollection<Triple>
{
    private readonly List<Triple> _triples = [];
    private readonly HashSet<Triple> _known = [];
    private readonly Dictionary<Term, List<Triple>> _bySubject = [];
    private readonly Dictionary<Term, List<Triple>> _byObject = [];

    /// <summary>How many different triples there are.</summary>
    public int Count => _triples.Count;

    /// <summary>Every subject once, in order of appearance.</summary>
    public IEnumerable<Term> AllSubjects => _bySubject.Keys;

    /// <summary>Adds a triple.</summary>
    /// <returns>False when the graph already had it.</returns>
    public bool Add(Triple triple)
    {
        if (!_known.Add(triple))
        {
            return false;
        }

        _triples.Add(triple);
        Entry(_bySubject, triple.Subject).Add(triple);
        Entry(_byObject, triple.Object).Add(triple);
        return true;
    }

    /// <summary>Adds a triple.</summary>
    /// <returns>False when the graph already had it.</returns>
    public bool Add(Term subject, Iri predicate, Term @object) => Add(new Triple(subject, predicate, @object));

    /// <summary>Whether the graph states this triple.</summary>
    public bool Contains(Triple triple) => _known.Contains(triple);

    /// <summary>Triples that agree with every term given; null stands for any.</summary>
    public IEnumerable<Triple> Match(Term? subject = null, Iri? predicate = null, Term? @object = null)
    {
        IReadOnlyList<Triple> candidates = (subject, @object) switch
        {
            ({ } s, _) => About(s),
            (null, { } o) => _byObject.TryGetValue(o, out List<Triple>? found) ? found : [],
            _ => _triples,
        };
        return candidates.Where(t =>
            (predicate is null || t.Predicate.Equals(predicate)) && (@object is null || t.Object.Equals(@object)));
    }

    /// <summary>Everything that is said about a subject.</summary>
    public IReadOnlyList<Triple> About(Term subject) => _bySubject.TryGetValue(subject, out List<Triple>? found) ? found : [];

    /// <summary>The values of a property, in order of appearance.</summary>
    public IEnumerable<Term> Objects(Term subject, Iri predicate) => Match(subject, predicate).Select(t => t.Object);

    /// <summary>The subjects that have this value for a property.</summary>
    public IEnumerable<Term> Subjects(Iri predicate, Term @object) => Match(predicate: predicate, @object: @object).Select(t => t.Subject);

    /// <summary>How often a term is the object of a triple.</summary>
    public int References(Term @object) => _byObject.TryGetValue(@object, out List<Triple>? found) ? found.Count : 0;

    /// <summary>The members of an <c>rdf:List</c>. Stops at a cell that was seen before or is malformed, so it always ends.</summary>
    public IEnumerable<Term> List(Term head)
    {
        var first = new Iri(RdfSyntax.First);
        var rest = new Iri(RdfSyntax.Rest);
        var seen = new HashSet<Term>();
        for (Term? cell = head; cell is not null && seen.Add(cell); cell = Objects(cell, rest).FirstOrDefault())
        {
            if (Objects(cell, first).FirstOrDefault() is { } member)
            {
                yield return member;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Triple> GetEnumerator() => _triples.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static List<Triple> Entry(Dictionary<Term, List<Triple>> index, Term key)
    {
        if (!index.TryGetValue(key, out List<Triple>? entry))
        {
            index[key] = entry = [];
        }

        return entry;
    }
}
