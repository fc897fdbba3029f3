namespace Ecosystem.Rdf.Tests;

public sealed class GraphTests
{
    [Fact]
    public void A_triple_is_held_once()
    {
        Graph graph = TurtleReader.Read("<s:s> <p:p> \"x\"@de , \"x\"@DE , \"x\" , \"x\"^^<http://www.w3.org/2001/XMLSchema#string> .");

        Assert.Equal(2, graph.Count);
    }

    [Theory]
    [InlineData("_:a <p:p> _:b . _:b <p:p> _:a .", "_:x <p:p> _:y . _:y <p:p> _:x .", true)]
    [InlineData("_:a <p:p> _:b . _:b <p:p> _:a .", "_:x <p:p> _:x . _:y <p:p> _:y .", false)]
    [InlineData("_:a <p:p> 1 . _:b <p:p> 1 .", "_:x <p:p> 1 . _:x <p:q> 1 .", false)]
    [InlineData("_:a <p:p> _:b . _:b <p:p> _:c . _:c <p:p> _:a . _:d <p:p> _:e . _:e <p:p> _:f . _:f <p:p> _:d .", "_:a <p:p> _:b . _:b <p:p> _:c . _:c <p:p> _:d . _:d <p:p> _:e . _:e <p:p> _:f . _:f <p:p> _:a .", false)]
    [InlineData("_:a <p:p> _:b . _:c <p:p> _:d .", "_:d <p:p> _:a . _:b <p:p> _:c .", true)]
    public void Graphs_are_compared_by_what_they_say(string one, string other, bool same) =>
        Assert.Equal(same, TurtleReader.Read(one).IsIsomorphicTo(TurtleReader.Read(other)));

    [Fact]
    public void A_list_that_bites_its_tail_ends()
    {
        Graph graph = TurtleReader.Read("@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . <l:l> rdf:first 1 ; rdf:rest <l:m> . <l:m> rdf:first 2 ; rdf:rest <l:l> .");

        Assert.Equal(2, graph.List(new Iri("l:l")).Count());
    }

    [Fact]
    public void Written_turtle_reads_well_and_says_the_same()
    {
        Graph graph = TurtleReader.Read("""
            <http://example.org/x> a <http://example.org/Dataset> ; <http://example.org/title> "Übergewicht \"x\"\n"@de ;
              <http://example.org/publisher> [ <http://example.org/name> "RKI" ] ; <http://example.org/count> 53 .
            """);

        string text = TurtleWriter.Write(graph, new Dictionary<string, string> { ["ex"] = "http://example.org/", ["unused"] = "http://example.com/" });

        Assert.Equal("""
            @prefix ex: <http://example.org/> .

            ex:x
                a ex:Dataset ;
                ex:title "Übergewicht \"x\"\n"@de ;
                ex:publisher [
                    ex:name "RKI"
                ] ;
                ex:count 53 .


            """.ReplaceLineEndings("\n"), text);
        Assert.True(TurtleReader.Read(text).IsIsomorphicTo(graph));
    }

    [Fact]
    public void Rings_of_blank_nodes_are_written_with_labels()
    {
        Graph graph = TurtleReader.Read("_:a <p:p> _:b . _:b <p:p> _:a . _:c <p:p> _:c .");

        Assert.True(TurtleReader.Read(TurtleWriter.Write(graph)).IsIsomorphicTo(graph));
    }
}
