namespace Ecosystem.Grpc.Transcoding.Rules;

/// <summary>Reads a path template by recursive descent over its grammar.</summary>
internal sealed class PathTemplateParser(string template)
{
    private readonly List<PathSegment> _segments = [];
    private readonly List<PathVariable> _variables = [];
    private int _at;

    public PathTemplate Parse()
    {
        Expect('/');
        ReadSegments(insideVariable: false);
        string? verb = null;
        if (Is(':'))
        {
            _at++;
            verb = ReadLiteral();
        }

        if (_at < template.Length)
        {
            throw Wrong($"'{template[_at]}' is not expected here");
        }

        var many = _segments.FindIndex(s => s.Kind == SegmentKind.Many);
        return many < 0 || many == _segments.Count - 1
            ? new PathTemplate(_segments, _variables, verb)
            : throw Wrong("'**' may only be the last segment");
    }

    private void ReadSegments(bool insideVariable)
    {
        ReadSegment(insideVariable);
        while (Is('/'))
        {
            _at++;
            ReadSegment(insideVariable);
        }
    }

    private void ReadSegment(bool insideVariable)
    {
        if (Is('{'))
        {
            if (insideVariable)
            {
                throw Wrong("a variable cannot be inside another");
            }

            ReadVariable();
        }
        else if (Is('*'))
        {
            _at++;
            var many = Is('*');
            _at += many ? 1 : 0;
            _segments.Add(new PathSegment(many ? SegmentKind.Many : SegmentKind.One, ""));
        }
        else
        {
            _segments.Add(new PathSegment(SegmentKind.Literal, ReadLiteral()));
        }
    }

    private void ReadVariable()
    {
        Expect('{');
        var nameStart = _at;
        while (_at < template.Length && (char.IsAsciiLetterOrDigit(template[_at]) || template[_at] is '_' or '.'))
        {
            _at++;
        }

        var name = template[nameStart.._at];
        if (name.Length == 0)
        {
            throw Wrong("a variable needs the name of a field");
        }

        var start = _segments.Count;
        if (Is('='))
        {
            _at++;
            ReadSegments(insideVariable: true);
        }
        else
        {
            _segments.Add(new PathSegment(SegmentKind.One, ""));
        }

        Expect('}');
        _variables.Add(new PathVariable(name, start, _segments.Count));
    }

    private string ReadLiteral()
    {
        var start = _at;
        while (_at < template.Length && template[_at] is not ('/' or ':' or '{' or '}' or '*' or '='))
        {
            _at++;
        }

        return _at > start ? template[start.._at] : throw Wrong("a segment is empty");
    }

    private bool Is(char c) => _at < template.Length && template[_at] == c;

    private void Expect(char c)
    {
        if (!Is(c))
        {
            throw Wrong($"'{c}' is expected");
        }

        _at++;
    }

    private FormatException Wrong(string what) => new($"The path template '{template}' is wrong at position {_at}: {what}.");
}
