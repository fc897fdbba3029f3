namespace Ecosystem.Search.Tests.Index;

public sealed class SuggestAndSimilarTests
{
    private static readonly string[] Suggested = ["title", "keywords"];

    private readonly SearchIndex _index = new(new SearchSchema().Text("title", boost: 3).Text("keywords", boost: 2).Text("text").Keyword("theme"));

    public SuggestAndSimilarTests()
    {
        Put("stroke", "Schlaganfallregister Bochum", "Akutversorgung", "Zeiten bis zur Lyse, Bildgebung und Reha nach Schlaganfall.");
        Put("stroke-rehab", "Reha nach Schlaganfall", "Mobilität", "Gehstrecke und Bildgebung sechs Monate nach dem Schlaganfall.");
        Put("school", "Schuleingangsuntersuchung Köln", "Kindergesundheit", "Größe, Gewicht und Sehschärfe von Kindern.");
        Put("births", "Geburtenstatistik", "Kreißsaal", "Monatliche Fallzahlen.");
        Put("health", "Sundhedsdata fra Ærø", "sygehuse", "Patienternes indlæggelser.", "da");
    }

    [Theory]
    [InlineData("Schl", "Schlaganfallregister Bochum|Reha nach Schlaganfall")]
    [InlineData("reha schla", "Reha nach Schlaganfall")]
    [InlineData("schuleing", "Schuleingangsuntersuchung Köln")]
    [InlineData("KÖL", "Schuleingangsuntersuchung Köln")]
    [InlineData("koe", "Schuleingangsuntersuchung Köln")]
    [InlineData("kinder", "Kindergesundheit")]
    [InlineData("geburt", "Geburtenstatistik")]
    [InlineData("syge", "sygehuse")]
    [InlineData("aeroe", "Sundhedsdata fra Ærø")]
    [InlineData("Bohcum", "Schlaganfallregister Bochum")]
    [InlineData("Lyse", "")]
    [InlineData("s", "")]
    [InlineData("  \"- ", "")]
    [InlineData("", "")]
    public void What_is_being_typed_is_completed_to_titles_and_keywords(string typed, string expected) =>
        Assert.Equal(
            expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            _index.Suggest(new SearchQuery { Text = typed, PageSize = 5 }, Suggested).Order(StringComparer.Ordinal));

    [Fact]
    public void A_suggestion_comes_once_however_many_have_it()
    {
        for (int number = 0; number < 30; number++) Put($"copy-{number}", "Herzkatheterregister", "Kardiologie", "Gleiche Titel.");

        Assert.Equal(["Herzkatheterregister"], _index.Suggest(new SearchQuery { Text = "herzk", PageSize = 3 }, Suggested));
    }

    [Fact]
    public void Nothing_is_suggested_that_the_conditions_hide() =>
        Assert.Empty(_index.Suggest(new SearchQuery { Text = "Schlag", Filters = [SearchFilter.AnyOf("theme", "other")] }, Suggested));

    [Fact]
    public void A_field_that_is_not_there_is_named() =>
        Assert.Throws<InvalidSearchQueryException>(() => _index.Suggest(new SearchQuery { Text = "x" }, "colour"));

    [Fact]
    public void What_is_like_a_document_shares_its_telling_words_and_is_not_itself()
    {
        SearchHit hit = Assert.Single(_index.Similar("stroke", new SearchQuery { PageSize = 5, Explain = true }));

        Assert.Equal("stroke-rehab", hit.Id);
        Assert.Contains(hit.Reasons, reason => reason.Word == "Schlaganfall");
    }

    [Fact]
    public void What_is_like_nothing_or_not_there_has_no_similar_ones()
    {
        Assert.Empty(_index.Similar("health", new SearchQuery()));
        Assert.Empty(_index.Similar("unknown", new SearchQuery()));
        Assert.Empty(_index.Similar("stroke", new SearchQuery { Filters = [SearchFilter.AnyOf("theme", "other")] }));
    }

    private void Put(string id, string title, string keyword, string text, string language = "de") => _index.Put(id,
        SearchField.Text("title", title, language), SearchField.Text("keywords", keyword, language), SearchField.Text("text", text, language), SearchField.Keyword("theme", "HEAL"));
}
