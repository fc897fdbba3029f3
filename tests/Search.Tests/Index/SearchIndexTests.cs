namespace Ecosystem.Search.Tests.Index;

public sealed class SearchIndexTests
{
    private readonly SearchIndex _index = new(new SearchSchema().Text("title", boost: 3).Text("description").Keyword("theme").Keyword("area").Range("period"));

    public SearchIndexTests()
    {
        _index.Put("diabetes", SearchField.Text("title", "Diabetesregister Dortmund", "de"),
            SearchField.Text("description", "Häusliche Pflege von Menschen mit Diabetes in Dortmund. Laborwerte, Verordnungen und Krankenhäuser.", "de"),
            SearchField.Keyword("theme", "HEAL"), SearchField.Keyword("area", "05913000"), SearchField.Range("period", 2015, 2024));
        _index.Put("stroke", SearchField.Text("title", "Stroke imaging Bochum", "en"),
            SearchField.Text("description", "MRI scans of stroke patients; care at home is recorded, and diabetes as a comorbidity.", "en"),
            SearchField.Keyword("theme", "HEAL"), SearchField.Keyword("theme", "TECH"), SearchField.Keyword("area", "05911000"), SearchField.Range("period", 2010, 2012));
        _index.Put("school", SearchField.Text("title", "Schuleingangsuntersuchung", "de"),
            SearchField.Text("description", "Pflege der häuslichen Umgebung, Kinder, Gewicht und Größe.", "de"),
            SearchField.Keyword("theme", "SOCI"), SearchField.Keyword("area", "05913000"), SearchField.Range("period", 2020, 2021));
    }

    private IEnumerable<string> Found(SearchQuery query) => _index.Search(query).Hits.Select(hit => hit.Id);

    private IEnumerable<string> Found(string text) => Found(new SearchQuery { Text = text });

    [Fact]
    public void A_word_counts_more_in_a_boosted_field() => Assert.Equal(["stroke"], Found("Bochum"));

    [Fact]
    public void One_question_finds_texts_in_several_languages() => Assert.Equal(["diabetes", "stroke"], Found("diabetes").Order(StringComparer.Ordinal));

    [Fact]
    public void An_umlaut_written_as_two_letters_finds_the_umlaut() => Assert.Equal(["diabetes"], Found("krankenhaeuser"));

    [Fact]
    public void A_phrase_is_found_only_where_its_words_stand_together() => Assert.Equal(["diabetes"], Found("\"häusliche Pflege\""));

    [Fact]
    public void A_phrase_does_not_span_two_values_of_a_field()
    {
        _index.Put("keywords", SearchField.Text("title", "Herz", "de"), SearchField.Text("title", "Kreislauf", "de"));

        Assert.Empty(Found("\"Herz Kreislauf\""));
    }

    [Fact]
    public void An_excluded_word_takes_documents_out() => Assert.Equal(["diabetes"], Found("Pflege -Kinder"));

    [Fact]
    public void A_hyphen_inside_a_word_excludes_nothing() => Assert.Equal(["diabetes"], Found(new SearchQuery { Text = "Diabetes-Pflege", Words = WordMatch.All }));

    [Fact]
    public void Text_that_nobody_wrote_as_a_query_has_no_operators() =>
        Assert.Equal(["diabetes", "school"], Found(new SearchQuery { Text = "\"Pflege Kinder\" -Laborwerte", Operators = false }).Order(StringComparer.Ordinal));

    [Fact]
    public void Words_that_occur_nowhere_do_not_raise_what_is_attainable()
    {
        SearchResult one = _index.Search(new SearchQuery { Text = "Pflege", TolerateTypos = false });
        SearchResult more = _index.Search(new SearchQuery { Text = "Pflege Raumfahrt", TolerateTypos = false });

        Assert.Equal(one.AttainableScore, more.AttainableScore);
        Assert.All(one.Hits, hit => Assert.InRange(hit.Score / one.AttainableScore, 0.01, 0.99));
    }

    [Fact]
    public void All_words_must_occur_when_asked_for() =>
        Assert.Equal(["diabetes"], Found(new SearchQuery { Text = "Pflege Laborwerte", Words = WordMatch.All }));

    [Theory]
    [InlineData("Register", "diabetes")]
    [InlineData("Untersuchung", "school")]
    [InlineData("Landeskrankenhäuser", "diabetes")]
    [InlineData("Labor", "diabetes")]
    public void A_German_word_meets_its_compounds(string typed, string found) => Assert.Equal([found], Found(typed));

    [Fact]
    public void Compounds_are_left_alone_when_asked_for() => Assert.Empty(Found(new SearchQuery { Text = "Register", ExpandCompounds = false }));

    [Fact]
    public void A_word_itself_comes_before_its_compounds()
    {
        _index.Put("plain", SearchField.Text("title", "Register für Impfungen und vieles mehr im Land und in den Kreisen", "de"));

        Assert.Equal(["plain", "diabetes"], Found("Register"));
    }

    [Fact]
    public void Words_that_stand_together_come_before_the_same_words_apart()
    {
        _index.Put("a-apart", SearchField.Text("description", "Kreislauf im Winter, bei Kälte und Nässe auch das Herz", "de"));
        _index.Put("b-together", SearchField.Text("description", "Herz und Kreislauf im Winter, auch bei Kälte sowie Nässe", "de"));

        Assert.Equal("b-together", Found("Herz Kreislauf").First());
    }

    [Theory]
    [InlineData("Bohcum")]
    [InlineData("Bocum")]
    [InlineData("Bochhum")]
    [InlineData("Rochum")]
    public void A_misspelt_word_finds_its_neighbour_and_says_so(string typed)
    {
        SearchResult found = _index.Search(new SearchQuery { Text = typed });

        Assert.Equal("stroke", Assert.Single(found.Hits).Id);
        Assert.True(found.Corrections.ContainsKey(typed));
    }

    [Fact]
    public void A_word_that_occurs_is_never_corrected() => Assert.Empty(_index.Search(new SearchQuery { Text = "stroke" }).Corrections);

    [Fact]
    public void Typos_are_taken_literally_when_asked_for() => Assert.Empty(Found(new SearchQuery { Text = "Bohcum", TolerateTypos = false }));

    [Fact]
    public void An_area_is_found_by_the_beginning_of_its_key() =>
        Assert.Equal(["diabetes", "school"], Found(new SearchQuery { Filters = [SearchFilter.StartsWith("area", "05913")] }));

    [Fact]
    public void A_period_is_found_when_it_overlaps() =>
        Assert.Equal(["school"], Found(new SearchQuery { Text = "Kinder", Filters = [SearchFilter.Overlaps("period", 2021, double.PositiveInfinity)] }));

    [Fact]
    public void The_facet_of_a_filtered_field_keeps_its_other_choices()
    {
        SearchResult found = _index.Search(new SearchQuery { Filters = [SearchFilter.AnyOf("theme", "SOCI")], Facets = ["theme", "area"] });

        Assert.Equal([new("HEAL", 2), new("SOCI", 1), new FacetCount("TECH", 1)], found.Facets["theme"]);
        Assert.Equal([new FacetCount("05913000", 1)], found.Facets["area"]);
    }

    [Fact]
    public void A_snippet_marks_what_was_found_and_is_safe_in_a_page()
    {
        _index.Put("markup", SearchField.Text("description", "Ein <b>Impfregister</b> & mehr", "de"));

        Snippet snippet = Assert.Single(Assert.Single(_index.Search(new SearchQuery { Text = "impfregister" }).Hits).Snippets);

        Assert.Equal("Ein &lt;b&gt;<mark>Impfregister</mark>&lt;/b&gt; &amp; mehr", snippet.ToHtml());
    }

    [Fact]
    public void A_snippet_of_a_long_text_shows_the_densest_passage()
    {
        string filler = string.Concat(Enumerable.Repeat("Verwaltung und Ablage ", 60));
        _index.Put("long", SearchField.Text("description", $"{filler} Schlaganfall allein. {filler} Schlaganfall nach Herzinfarkt. {filler}", "de"));

        Snippet snippet = Assert.Single(Assert.Single(_index.Search(new SearchQuery { Text = "Schlaganfall Herzinfarkt" }).Hits).Snippets);

        Assert.Contains("Schlaganfall nach Herzinfarkt", snippet.ToString(), StringComparison.Ordinal);
        Assert.InRange(snippet.ToString().Length, 60, 220);
    }

    [Fact]
    public void A_replaced_document_is_found_by_its_new_words_only()
    {
        _index.Put("stroke", SearchField.Text("title", "Herzinfarkt", "de"));

        Assert.Equal(["stroke"], Found("Herzinfarkt"));
        Assert.Empty(Found("MRI"));
        Assert.Equal(3, _index.Count);
    }

    [Fact]
    public void A_removed_document_is_gone()
    {
        Assert.True(_index.Remove("stroke"));
        Assert.False(_index.Remove("stroke"));
        Assert.Empty(Found("MRI"));
    }

    [Fact]
    public void A_list_that_is_being_paged_does_not_move_under_the_reader()
    {
        var query = new SearchQuery { PageSize = 2 };
        SearchResult first = _index.Search(query);
        _index.Put("aaa", SearchField.Text("title", "kommt zuerst", "de"));
        _index.Remove("stroke");

        SearchResult second = _index.Search(query with { PageToken = first.NextPageToken });

        Assert.Equal(["diabetes", "school", "stroke"], first.Hits.Concat(second.Hits).Select(hit => hit.Id));
        Assert.Null(second.NextPageToken);
    }

    [Theory]
    [InlineData("!!")]
    [InlineData("AAAA")]
    public void A_damaged_page_token_is_refused(string token) =>
        Assert.Equal("PageToken", Assert.Throws<InvalidSearchQueryException>(() => _index.Search(new SearchQuery { PageToken = token })).Member);

    [Fact]
    public void The_page_token_of_another_query_is_refused()
    {
        string? token = _index.Search(new SearchQuery { PageSize = 1 }).NextPageToken;

        InvalidSearchQueryException refusal = Assert.Throws<InvalidSearchQueryException>(() => _index.Search(new SearchQuery { Text = "Pflege", PageToken = token }));

        Assert.Contains("another query", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_named_together_with_the_known_ones()
    {
        InvalidSearchQueryException refusal = Assert.Throws<InvalidSearchQueryException>(() => _index.Search(new SearchQuery { Facets = ["colour"] }));

        Assert.Equal("Facets", refusal.Member);
        Assert.Contains("theme, area", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_does_not_fit_the_schema_changes_nothing()
    {
        Assert.Throws<ArgumentException>(() => _index.PutMany(
            [new SearchDocument("new", [SearchField.Text("title", "neu")]), new SearchDocument("bad", [SearchField.Keyword("title", "x")])]));

        Assert.Equal(3, _index.Count);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("- \"\" -\"\" \"-\"")]
    [InlineData("und die der das")]
    [InlineData("\uD800\uDFFF\uDC00")]
    [InlineData("\0\u0001")]
    public void Any_text_is_a_query(string text) => Assert.Equal(3, _index.Search(new SearchQuery { Text = text }).TotalHits);

    [Fact]
    public void A_pasted_book_is_a_query()
    {
        string book = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"Bochum wort{number} "));

        Assert.Equal("stroke", Found(book).First());
    }
}
