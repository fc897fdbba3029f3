namespace Ecosystem.Rdf;

/// <summary>Blank nodes that can be written where they are mentioned instead of under a label.</summary>
internal static class NodesInPlace
{
    /// <summary>Deeper nesting is written with labels, so that every reader with a sensible limit can read the document.</summary>
    private const int MaxDepth = 16;

    /// <summary>Nodes that are mentioned once, and reached from a subject that has a block of its own within the depth.</summary>
    public static HashSet<BlankNode> Of(Graph graph)
    {
        HashSet<BlankNode> single = [.. graph.AllSubjects.OfType<BlankNode>().Where(n => graph.References(n) == 1)];
        var inPlace = new HashSet<BlankNode>();
        foreach (BlankNode node in single)
        {
            Term owner = node;
            int depth = 0;
            while (owner is BlankNode b && single.Contains(b) && depth <= MaxDepth)
            {
                owner = graph.Match(@object: b).Single().Subject;
                depth++;
            }

            if (depth <= MaxDepth)
            {
                inPlace.Add(node);
            }
        }

        return inPlace;
    }
}
