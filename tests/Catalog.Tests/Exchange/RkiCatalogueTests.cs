using System.Globalization;
using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Ecosystem.Testing;
using Xunit.Abstractions;

namespace Ecosystem.Catalog.Tests.Exchange;

public sealed class RkiCatalogueTests(ITestOutputHelper output)
{
    private const string Foaf = "http://xmlns.com/foaf/0.1/";
    private const string Dct = "http://purl.org/dc/terms/";

    /// <summary>What is not modelled: people and what hangs on them. The platform keeps no names of private persons from other catalogues.</summary>
    private static readonly HashSet<string> NotModelled = ["http://dcat-ap.de/def/dcatde/contributor", "http://dcat-ap.de/def/dcatde/maintainer", Foaf + "account"];

    /// <summary>Imported and exported, the graphs are isomorphic on the modelled terms; what is dropped or added is printed.</summary>
    [SkippableFact]
    public void All_39_data_sets_come_out_saying_the_same()
    {
        Graph source = TurtleReader.Read(File.ReadAllText(SharedFolder.Path("data/rki-catalogue/Robert_Koch-Institut_DCAT-AP-DE.ttl")));
        DataAsset[] assets = [.. new DcatReader(source, ProtectionNeed.Normal).Records().Select(r => r.Asset)];
        var export = new Graph();
        var writer = new DcatWriter(export);
        foreach (DataAsset asset in assets)
        {
            writer.Write(asset);
        }

        var dropped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var added = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Graph before = Modelled(source, export, dropped);
        Graph after = Modelled(export, source, added);

        output.WriteLine($"{assets.Length} data sets, {source.Count} statements read, {export.Count} given out, {before.Count} compared.");
        output.WriteLine("dropped:");
        Print(dropped);
        output.WriteLine("added:");
        Print(added);
        Assert.Equal(39, assets.Length);
        Assert.True(before.IsIsomorphicTo(after));
        Assert.Subset(NotModelled.Append("what contributors are called and how they are reached").Append("type of people and organisations").ToHashSet(), dropped.Keys.ToHashSet());
    }

    private void Print(SortedDictionary<string, int> counts)
    {
        foreach ((string what, int count) in counts)
        {
            output.WriteLine($"  {count,5} {what}");
        }
    }

    /// <summary>The statements about data sets, distributions and what hangs on them, in terms that both graphs know; instants and mailboxes by value.</summary>
    private static Graph Modelled(Graph graph, Graph other, SortedDictionary<string, int> leftOut)
    {
        HashSet<Term> people = [.. graph.Where(t => NotModelled.Contains(t.Predicate.Value)).Select(t => t.Object)];
        HashSet<string> known = [.. other.Select(t => t.Predicate.Value)];
        var modelled = new Graph();
        foreach (Triple triple in graph)
        {
            string? reason = people.Contains(triple.Subject) ? "what contributors are called and how they are reached"
                : !known.Contains(triple.Predicate.Value) ? triple.Predicate.Value
                : triple.Predicate.Value == RdfSyntax.Type && triple.Subject is BlankNode ? "type of people and organisations"
                : ImpliedBy(graph, other, triple) ? triple.Predicate.Value
                : null;
            if (reason is null)
            {
                modelled.Add(triple with { Object = ByValue(triple.Object) });
            }
            else
            {
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
            }
        }

        return modelled;
    }

    /// <summary>Stated of the data set here, and only of its distributions there: the licence; and identifiers, which were the name alone.</summary>
    private static bool ImpliedBy(Graph graph, Graph other, Triple triple) =>
        triple.Predicate.Value is Dct + "license" or Dct + "identifier"
        && graph.Contains(new Triple(triple.Subject, new Iri(RdfSyntax.Type), new Iri("http://www.w3.org/ns/dcat#Dataset")))
        && !other.Match(triple.Subject, triple.Predicate).Any();

    private static Term ByValue(Term term) => term switch
    {
        Literal literal when literal.Datatype.Value == Xsd.DateTime =>
            new Literal(DateTimeOffset.Parse(literal.Value, CultureInfo.InvariantCulture).UtcDateTime.ToString("O", CultureInfo.InvariantCulture), literal.Datatype),
        Iri iri when iri.Value.StartsWith("mailto:", StringComparison.Ordinal) => new Literal(iri.Value["mailto:".Length..]),
        Literal literal when literal.Language is null => new Literal(literal.Value.Trim(), literal.Datatype),
        _ => term,
    };
}
