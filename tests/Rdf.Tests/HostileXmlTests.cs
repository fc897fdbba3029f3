using System.Text;

namespace Ecosystem.Rdf.Tests;

public sealed class HostileXmlTests
{
    private const string Open = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://example.org/">""";

    [Fact]
    public void Entities_that_multiply_are_refused()
    {
        var bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"ha\">");
        for (int i = 1; i <= 40; i++)
        {
            bomb.Append("<!ENTITY e").Append(i).Append(" \"&e").Append(i - 1).Append(";&e").Append(i - 1).Append(";\">");
        }

        bomb.Append("]>").Append(Open).Append("<rdf:Description><a:p>&e40;</a:p></rdf:Description></rdf:RDF>");

        Assert.Throws<RdfSyntaxException>(() => RdfXmlReader.Read(bomb.ToString()));
    }

    [Fact]
    public void External_entities_are_never_fetched()
    {
        string document = "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>" + Open + "<rdf:Description><a:p>&file;</a:p></rdf:Description></rdf:RDF>";

        try
        {
            Assert.All(RdfXmlReader.Read(document), t => Assert.Equal(string.Empty, Assert.IsType<Literal>(t.Object).Value));
        }
        catch (RdfSyntaxException refused)
        {
            Assert.True(refused.Line > 0);
        }
    }

    [Theory]
    [InlineData("<rdf:Description><a:p>")]
    [InlineData("<rdf:Description><a:p rdf:parseType='Literal'>", "<b>")]
    public void Deep_nesting_is_refused(string opening, string? repeated = null)
    {
        string document = Open + opening + string.Concat(Enumerable.Repeat(repeated ?? opening, 5_000));
        int names = 0;
        var closing = new StringBuilder();
        foreach (string name in document.Split('<').Skip(1).Select(e => e.Split(' ', '>')[0]).Reverse())
        {
            closing.Append("</").Append(name).Append('>');
            names++;
        }

        RdfSyntaxException refused = Assert.Throws<RdfSyntaxException>(() => RdfXmlReader.Read(document + closing));

        Assert.True(names > 5_000);
        Assert.Contains("nest at most 64 deep", refused.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Any mutation of a good document either reads or is refused with a position; nothing else is thrown.</summary>
    [Fact]
    public void Mutated_documents_read_or_are_refused_with_a_position()
    {
        const string Good = Open + """
            <a:T rdf:about="http://example.org/s" a:attr="x" xml:lang="de"><a:p rdf:resource="#y"/><rdf:li>text</rdf:li>
            <a:q rdf:parseType="Collection"><a:U rdf:nodeID="n"/></a:q><a:r rdf:parseType="Literal"><b a:c="d"/>&amp;</a:r>
            <a:v rdf:datatype="http://www.w3.org/2001/XMLSchema#int" rdf:ID="i">5</a:v></a:T></rdf:RDF>
            """;
        const string Alphabet = "<>/\"'=&;: rdfa#\0";
        var random = new Random(20260102);
        for (int i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder(Good);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int at = random.Next(text.Length);
                _ = random.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
            }

            try
            {
                RdfXmlReader.Read(text.ToString(), new RdfReaderOptions { BaseIri = "http://example.org/" });
            }
            catch (RdfSyntaxException refused)
            {
                Assert.True(refused is { Line: > 0, Column: > 0 });
            }
        }
    }
}
