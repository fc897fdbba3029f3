namespace Ecosystem.Rdf;

/// <summary>Whether two graphs say the same, however their blank nodes are called (RDF 1.1 Concepts, section 3.6).</summary>
public static class GraphIsomorphism
{
    /// <summary>
    /// Compares two graphs. Blank nodes are first told apart by their surroundings; only those that look the same are tried out,
    /// so ordinary graphs take near-linear time and highly symmetric ones may take exponential time. Meant for tests and for
    /// documents of people, not for hostile input.
    /// </summary>
    public static bool IsIsomorphicTo(this Graph graph, Graph other)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(other);
        if (graph.Count != other.Count || !graph.Where(IsGround).All(other.Contains))
        {
            return false;
        }

        Triple[] mine = [.. graph.Where(t => !IsGround(t))];
        Triple[] theirs = [.. other.Where(t => !IsGround(t))];
        return mine.Length == theirs.Length && MapNodes(graph, mine, other, theirs, []);
    }

    private static bool IsGround(Triple triple) => triple.Subject is not BlankNode && triple.Object is not BlankNode;

    private static bool MapNodes(Graph graph, Triple[] mine, Graph other, Triple[] theirs, List<(BlankNode Mine, BlankNode Theirs)> fixedPairs)
    {
        Dictionary<BlankNode, int> myColours = Colour(mine, [.. fixedPairs.Select(p => p.Mine)]);
        Dictionary<BlankNode, int> theirColours = Colour(theirs, [.. fixedPairs.Select(p => p.Theirs)]);
        ILookup<int, BlankNode> myClasses = myColours.ToLookup(c => c.Value, c => c.Key);
        ILookup<int, BlankNode> theirClasses = theirColours.ToLookup(c => c.Value, c => c.Key);
        if (myClasses.Count != theirClasses.Count || myClasses.Any(c => theirClasses[c.Key].Count() != c.Count()))
        {
            return false;
        }

        IGrouping<int, BlankNode>? ambiguous = myClasses.Where(c => c.Skip(1).Any()).MinBy(c => c.Count());
        if (ambiguous is null)
        {
            Dictionary<BlankNode, BlankNode> map = myColours.ToDictionary(c => c.Key, c => theirClasses[c.Value].Single());
            return mine.All(t => other.Contains(new Triple(Rename(t.Subject, map), t.Predicate, Rename(t.Object, map))));
        }

        BlankNode chosen = ambiguous.First();
        return theirClasses[ambiguous.Key].Any(candidate => MapNodes(graph, mine, other, theirs, [.. fixedPairs, (chosen, candidate)]));
    }

    private static Term Rename(Term term, Dictionary<BlankNode, BlankNode> map) => term is BlankNode node ? map[node] : term;

    /// <summary>Colour refinement: a node's colour is what is said of and about it, in terms of its neighbours' colours, until nothing splits any more.</summary>
    private static Dictionary<BlankNode, int> Colour(Triple[] triples, List<BlankNode> distinguished)
    {
        var colours = new Dictionary<BlankNode, int>();
        foreach (BlankNode node in triples.SelectMany(t => new[] { t.Subject, t.Object }).OfType<BlankNode>())
        {
            colours[node] = distinguished.IndexOf(node) + 1;
        }

        for (int classes = 0; ;)
        {
            int now = colours.Values.Distinct().Count();
            if (now <= classes)
            {
                return colours;
            }

            classes = now;
            Dictionary<BlankNode, int> next = colours.ToDictionary(c => c.Key, c => HashCode.Combine(c.Value));
            foreach (Triple t in triples)
            {
                // Addition, because the order of the triples must not matter.
                if (t.Subject is BlankNode s)
                {
                    next[s] += HashCode.Combine(1, t.Predicate, Look(t.Object, t.Subject, colours));
                }

                if (t.Object is BlankNode o)
                {
                    next[o] += HashCode.Combine(2, t.Predicate, Look(t.Subject, t.Object, colours));
                }
            }

            colours = next;
        }
    }

    private static int Look(Term term, Term from, Dictionary<BlankNode, int> colours) => term switch
    {
        BlankNode node => HashCode.Combine(ReferenceEquals(node, from), colours[node]),
        _ => term.GetHashCode(),
    };
}
