namespace Ecosystem.Rdf;

/// <summary>Holds back the triples of a statement until it is whole, so that a broken statement adds nothing.</summary>
internal sealed class TripleCollector(Lexer lexer, RdfReaderOptions options)
{
    private readonly List<Triple> _pending = [];
    private readonly Dictionary<Iri, int> _lines = [];
    private readonly List<RdfProblem> _problems = [];

    private int _statementStart;

    public Graph Graph { get; } = new();

    /// <summary>What the statement under way is about; the parser sets it as soon as it is known.</summary>
    public Iri? Subject { get; set; }

    public void Begin()
    {
        _pending.Clear();
        _statementStart = lexer.Position;
        Subject = null;
    }

    public void Add(Term subject, Iri predicate, Term @object)
    {
        if (Graph.Count + _pending.Count >= options.MaxTriples)
        {
            throw lexer.Fault($"A document may hold at most {options.MaxTriples} triples.");
        }

        _pending.Add(new Triple(subject, predicate, @object));
    }

    public void Complete()
    {
        foreach (Triple triple in _pending)
        {
            Graph.Add(triple);
            if (triple.Subject is Iri named && !_lines.ContainsKey(named))
            {
                _lines.Add(named, lexer.Locate(_statementStart).Line);
            }
        }

        _pending.Clear();
    }

    /// <summary>Records the fault of the statement under way.</summary>
    /// <returns>False when there are now too many to go on.</returns>
    public bool Reject(RdfSyntaxException fault, Func<bool> resume)
    {
        int statementLine = lexer.Locate(_statementStart).Line;
        bool goesOn = _problems.Count + 1 < options.MaxProblems && resume();
        int? resumedAt = goesOn ? lexer.Locate(lexer.Position).Line : null;
        _problems.Add(new RdfProblem(fault.Line, fault.Column, fault.Sentence, Subject, statementLine, resumedAt));
        return goesOn;
    }

    public RdfReading Finish() => new(Graph, _problems, _lines);
}
