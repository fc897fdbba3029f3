namespace Ecosystem.Search.Tests.Analysis;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("Mütter", "Muetter")]
    [InlineData("Mütter", "MUTTER")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Pflegeeinrichtungen", "Pflegeeinrichtung")]
    [InlineData("Krankenhäuser", "Krankenhaeuser")]
    [InlineData("Krankenhauses", "Krankenhaus")]
    [InlineData("Kindern", "Kinder")]
    [InlineData("u\u0308ber", "über")]
    public void German_spellings_and_inflections_share_a_term(string one, string other) =>
        Assert.Equal(TextAnalyzer.German.TermOf(one), TextAnalyzer.German.TermOf(other));

    [Theory]
    [InlineData("registries", "registry")]
    [InlineData("Naïve", "naive")]
    [InlineData("imaging", "images")]
    [InlineData("Müller", "Mueller")]
    public void English_spellings_and_inflections_share_a_term(string one, string other) =>
        Assert.Equal(TextAnalyzer.English.TermOf(one), TextAnalyzer.English.TermOf(other));

    [Theory]
    [InlineData("sygehuse", "sygehus")]
    [InlineData("Ærø", "Aeroe")]
    [InlineData("Århus", "Aarhus")]
    [InlineData("patienternes", "patient")]
    [InlineData("sundhed", "sundheden")]
    public void Danish_spellings_and_inflections_share_a_term(string one, string other) =>
        Assert.Equal(TextAnalyzer.Danish.TermOf(one), TextAnalyzer.Danish.TermOf(other));

    [Theory]
    [InlineData("neue", "nue")]
    [InlineData("Quelle", "Qulle")]
    [InlineData("Steuer", "Stur")]
    public void An_e_after_a_u_that_is_no_umlaut_stays(string one, string other) =>
        Assert.NotEqual(TextAnalyzer.German.TermOf(one), TextAnalyzer.German.TermOf(other));

    [Theory]
    [InlineData("de", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("EN_gb", "en")]
    [InlineData("da", "da")]
    [InlineData("tr", "")]
    [InlineData(null, "")]
    [InlineData("", "")]
    public void The_first_part_of_a_language_tag_chooses_the_analyzer(string? tag, string language) =>
        Assert.Equal(language, TextAnalyzer.For(tag).Language);

    [Fact]
    public void Stop_words_leave_a_gap_in_the_positions()
    {
        TextToken[] tokens = [.. TextAnalyzer.German.Analyze("Daten für die Forschung")];

        Assert.Equal([0, 3], tokens.Select(token => token.Position));
        Assert.Equal((14, 9), (tokens[^1].Start, tokens[^1].Length));
    }

    [Fact]
    public void Malformed_text_is_cut_where_it_is_broken()
    {
        TextToken[] tokens = [.. TextAnalyzer.German.Analyze("Herz\uD800kreislauf \uDC00")];

        Assert.Equal(["Herz", "kreislauf"], tokens.Select(token => "Herz\uD800kreislauf \uDC00".Substring(token.Start, token.Length)));
    }

    [Fact]
    public void A_run_of_letters_without_end_is_cut_into_words_of_bounded_length()
    {
        Assert.All(TextAnalyzer.English.Analyze(new string('a', 10_000)), token => Assert.InRange(token.Length, 1, WordBreaker.LongestWord));
    }
}
