namespace Ecosystem.Rdf.JsonLd;

internal sealed class JsonLdDocument(string document, JsonLdReaderOptions options)
{
    private readonly List<RdfProblem> _problems = [];
    private JsonSource _source = null!;

    public RdfDataset ReadWhole() => Read(onFault: null, onDropped: (_, _) => { }).Dataset;

    public RdfReading ReadTolerantly()
    {
        try
        {
            Statements read = Read((at, fault) => Report(at, fault.Line, fault.Column, fault.Sentence, goesOn: true), Drop);
            Dictionary<Iri, int> lines = read.Places.ToDictionary(p => p.Key, p => _source.Locate(p.Value).Line);
            return new RdfReading(read.Dataset.Default, _problems, lines);
        }
        catch (RdfSyntaxException fault)
        {
            _problems.Add(new RdfProblem(fault.Line, fault.Column, fault.Sentence, Subject: null, fault.Line, ResumedAtLine: null));
            return new RdfReading(new Graph(), _problems, new Dictionary<Iri, int>());
        }
    }

    private Statements Read(Action<JsonItem, RdfSyntaxException>? onFault, Action<JsonItem, string> onDropped)
    {
        if (document.Length > options.Limits.MaxCharacters)
        {
            throw new RdfSyntaxException($"A document may have at most {options.Limits.MaxCharacters} characters.", 1, 1);
        }

        _source = new JsonSource(document);
        JsonItem root = JsonTree.Parse(_source, options.Limits);
        var run = new JsonLdRun(_source, options);
        var expander = new Expander(run, new ContextProcessor(run, new KnownContexts(run)));
        var statements = new Statements(run, onDropped);
        statements.Add(expander.Document(root, onFault));
        return statements;
    }

    private void Drop(JsonItem at, string sentence)
    {
        (int line, int column) = _source.Locate(at.Offset);
        Report(at, line, column, sentence, goesOn: true);
    }

    private void Report(JsonItem at, int line, int column, string sentence, bool goesOn)
    {
        if (_problems.Count + 1 >= options.Limits.MaxProblems)
        {
            throw new RdfSyntaxException($"There are more than {options.Limits.MaxProblems - 1} problems; the document was given up.", line, column);
        }

        int start = _source.Locate(at.Offset).Line;
        string? name = ((at as JsonMap)?[Keywords.Id] as JsonText)?.Value;
        Iri? subject = name is not null && Literals.IsWellFormed(name) ? new Iri(name) : null;
        _problems.Add(new RdfProblem(line, column, sentence, subject, start, goesOn ? start : null));
    }
}
