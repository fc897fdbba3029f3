using System.Text;

namespace Ecosystem.Rdf.Tests;

public sealed class HostileInputTests
{
    [Theory]
    [InlineData("[ <p:p> ")]
    [InlineData("( ")]
    public void Deep_nesting_is_refused(string opening)
    {
        string bomb = "<s:s> <p:p> " + string.Concat(Enumerable.Repeat(opening, 100_000));

        RdfSyntaxException refused = Assert.Throws<RdfSyntaxException>(() => TurtleReader.Read(bomb));

        Assert.Contains("nest at most 64 deep", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_literal_is_refused()
    {
        string document = $"<s:s> <p:p> \"{new string('x', 1001)}\" .";

        RdfSyntaxException refused = Assert.Throws<RdfSyntaxException>(() => TurtleReader.Read(document, new() { MaxLiteralLength = 1000 }));

        Assert.Contains("at most 1000 characters", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_beyond_the_size_limit_is_refused_before_it_is_read()
    {
        RdfReading reading = TurtleReader.ReadTolerantly(new string(' ', 101), new() { MaxCharacters = 100 });

        Assert.Contains("at most 100 characters", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_triples_are_refused()
    {
        string many = string.Concat(Enumerable.Range(0, 11).Select(i => $"[] <p:p> {i} ."));

        Assert.Throws<RdfSyntaxException>(() => TurtleReader.Read(many, new() { MaxTriples = 10 }));
    }

    [Fact]
    public void Endless_problems_end()
    {
        string broken = string.Concat(Enumerable.Repeat("x .\n", 5000));

        RdfReading reading = TurtleReader.ReadTolerantly(broken, new() { MaxProblems = 50 });

        Assert.Equal(50, reading.Problems.Count);
        Assert.Null(reading.Problems[^1].ResumedAtLine);
    }

    /// <summary>Any mutation of a good document either reads or is refused with a position inside it; nothing else is thrown.</summary>
    [Fact]
    public void Mutated_documents_read_or_are_refused_with_a_position()
    {
        const string Good = """
            @prefix a: <http://example.org/> . PREFIX b: <x> BASE <http://example.org/base/>
            a:s a a:T , <rel> ; b:p "t\u00e9xt"@de-DE , 'x' , '''long
            text''' ; a:n 1 , -2.5 , .5e-3 , true ; a:l ( 1 [ a:q ( ) ] _:n.o ) .
            [ a:p \u00e9 ] . _:n.o a:esc%20aped\~name "\U0001F600"^^a:type . # end
            """;
        const string Alphabet = "<>\"'[]().;,:@^_#\\%u \n0e-aé\0";
        var random = new Random(20260101);
        for (int i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(Good);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, Alphabet[random.Next(Alphabet.Length)]),
                    _ => text.Remove(at, Math.Min(text.Length - at, random.Next(40))),
                };
            }

            RdfReading reading = TurtleReader.ReadTolerantly(text.ToString(), new() { BaseIri = "http://example.org/" });
            Assert.All(reading.Problems, p => Assert.True(p is { Line: > 0, Column: > 0 }));
            if (reading.Problems.Count == 0)
            {
                Assert.True(TurtleReader.Read(NTriplesWriter.Write(reading.Graph)).IsIsomorphicTo(reading.Graph), text.ToString());
            }
        }
    }
}
