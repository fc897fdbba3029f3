namespace Ecosystem.Rdf.Tests;

public sealed class TolerantReadingTests
{
    private const string Head = "@prefix : <http://example.org/> .\n";

    [Fact]
    public void A_broken_statement_costs_only_itself()
    {
        RdfReading reading = TurtleReader.ReadTolerantly(Head + """
            :a :p "one" .
            :b :p "two" ; :q unknown:thing ; :r "lost" .
            :c :p "three" .
            """);

        Assert.Equal(["one", "three"], Texts(reading));
        RdfProblem problem = Assert.Single(reading.Problems);
        Assert.Equal((3, 18), (problem.Line, problem.Column));
        Assert.Equal("The prefix 'unknown:' is not declared.", problem.Message);
        Assert.Equal("http://example.org/b", problem.Subject!.Value);
        Assert.Equal(3, problem.ResumedAtLine);
    }

    [Theory]
    [InlineData(":b :p [ :q \"x\" .\n", "an unclosed bracket")]
    [InlineData(":b :p \"x .\n", "an unclosed short text")]
    [InlineData(":b :p <http://example.org/ x> .\n", "a blank in an IRI")]
    [InlineData(":b :p \"x\" :q .\n", "a missing semicolon")]
    [InlineData(":b :p ] .\n", "a bracket too many")]
    [InlineData(":b \"p\" \"x\" .\n", "a text as predicate")]
    [InlineData(":b :p \"\\q\" .\n", "an unknown escape")]
    public void Reading_goes_on_after(string broken, string what)
    {
        RdfReading reading = TurtleReader.ReadTolerantly(Head + ":a :p \"one\" .\n" + broken + ":c :p \"two\" .\n:d :p \"three\" .\n");

        Assert.True(Texts(reading).Contains("three"), what);
        Assert.Contains("one", Texts(reading));
        RdfProblem problem = Assert.Single(reading.Problems);
        Assert.Equal(3, problem.StatementLine);
    }

    [Fact]
    public void Text_that_is_never_closed_gives_up_the_rest_instead_of_reading_triples_out_of_it()
    {
        RdfReading reading = TurtleReader.ReadTolerantly(Head + ":a :p \"one\" .\n:b :p \"\"\"never closed .\n:injected :p \"x\" .\n");

        Assert.Equal(["one"], Texts(reading));
        Assert.Null(Assert.Single(reading.Problems).ResumedAtLine);
    }

    [Fact]
    public void Sentences_of_a_text_that_lost_its_opening_quotation_mark_are_not_read_as_statements()
    {
        RdfReading reading = TurtleReader.ReadTolerantly(Head + ":a :p First. <x:injected> :p \"y\" . Last.\" ;\n  :q \"z\" .\n:b :p \"two\" .\n");

        Assert.Equal(["two"], Texts(reading));
        Assert.Single(reading.Problems);
    }

    [Fact]
    public void Every_fault_of_many_has_its_own_line()
    {
        string document = Head + string.Concat(Enumerable.Repeat(":a :p \"one\" .\r\n:b :p ] .\r\n", 400));

        RdfReading reading = TurtleReader.ReadTolerantly(document);

        Assert.Equal(Enumerable.Range(0, 400).Select(i => (3 + (2 * i), 7)), reading.Problems.Select(p => (p.Line, p.Column)));
    }

    [Fact]
    public void The_line_of_each_record_is_known()
    {
        RdfReading reading = TurtleReader.ReadTolerantly(Head + "\n:a :p \"one\" .\n\n# words\n:b :p \"two\" .\n");

        Assert.Equal(3, reading.Lines[new Iri("http://example.org/a")]);
        Assert.Equal(6, reading.Lines[new Iri("http://example.org/b")]);
    }

    private static string[] Texts(RdfReading reading) => [.. reading.Graph.Select(t => ((Literal)t.Object).Value)];
}
