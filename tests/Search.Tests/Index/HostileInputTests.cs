using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Search.Tests.Index;

/// <summary>Texts and queries come from strangers.</summary>
public sealed class HostileInputTests
{
    private static readonly Gen<string> Texts = Gen.Choose(0, 60).SelectMany(length => Gen.ArrayOf(
        Gen.OneOf(
            Gen.Elements("\"\"--  \n\t<>&'aäßüe\u0308\u00AD\u200B\u202E".ToCharArray()),
            Gen.Elements('\uD800', '\uDC00', '\uFFFF', '\0'),
            Gen.Choose('a', 'e').Select(code => (char)code)),
        length)).Select(letters => new string(letters));

    [Fact]
    public void Any_text_can_be_indexed_and_any_text_is_a_query() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (text, query) =>
    {
        var index = new SearchIndex(new SearchSchema().Text("text"));
        index.Put("one", SearchField.Text("text", text, "de"));

        foreach (bool operators in (bool[])[true, false])
        {
            SearchResult found = index.Search(new SearchQuery { Text = query, Operators = operators, Explain = true, Words = WordMatch.All });
            Assert.Equal(found.TotalHits, found.Hits.Count);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_snippet_shows_nothing_that_the_document_does_not_say() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        var index = new SearchIndex(new SearchSchema().Text("text"));
        index.Put("one", SearchField.Text("text", text, "de"));

        foreach (Snippet snippet in index.Search(new SearchQuery { Text = text, Operators = false, SnippetLength = 20 }).Hits.SelectMany(hit => hit.Snippets))
        {
            Assert.Contains(snippet.ToString().Replace("… ", "", StringComparison.Ordinal).Replace(" …", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
            Assert.DoesNotContain('<', snippet.ToHtml().Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_document_of_a_megabyte_is_indexed_once_and_found()
    {
        var index = new SearchIndex(new SearchSchema().Text("text"));

        index.Put("large", SearchField.Text("text", string.Concat(Enumerable.Range(0, 100_000).Select(number => $"wort{number} ")), "de"));

        Assert.Equal(1, index.Search(new SearchQuery { Text = "wort99999" }).TotalHits);
    }
}
