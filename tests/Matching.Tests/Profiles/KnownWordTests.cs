using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Profiles;
using Ecosystem.Search;

namespace Ecosystem.Matching.Tests.Profiles;

/// <summary>What is remembered of words is what reading them anew gives, however much there is and whatever changed.</summary>
public sealed class KnownWordTests
{
    [Fact]
    public void Words_of_an_item_are_its_own_however_many_others_were_read()
    {
        var words = new WordsOfItems(mostKept: 50);
        Item[] items = [.. Enumerable.Range(0, 40).Select(number => Asset("asset", $"Register {number} der Herzdaten, Band {number * 7}"))];

        for (int round = 0; round < 3; round++)
        {
            foreach (Item item in items) Assert.Equal(Words.FoundBy(item), words.Of(item));
        }
    }

    [Fact]
    public void An_item_that_changed_has_the_words_of_its_new_version()
    {
        using var context = new ContextSpace();
        using var index = new ItemIndex(context);
        Item before = Asset("asset-1", "Herzdaten");
        Item after = Asset("asset-1", "Pflegeheime");
        index.Put(before);
        Assert.Contains(index.WordsOf(before), word => word.Word == "Herzdaten");

        index.Put(after);

        Assert.Equal("Pflegeheime", Assert.Single(index.WordsOf(index.Find("asset-1")!)).Word);
        index.Remove("asset-1");
        Assert.Equal("Pflegeheime", Assert.Single(index.WordsOf(after)).Word); // whoever still holds it
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    [InlineData("da")]
    [InlineData("")]
    [InlineData("pl")]
    public void A_word_is_asked_with_under_the_same_terms_every_time(string language)
    {
        const string Text = "Die Krankenversicherungen and the hospitals undersøger Mütter, Müttern og running studies von 2024";
        TextAnalyzer[] all = [TextAnalyzer.German, TextAnalyzer.English, TextAnalyzer.Danish, TextAnalyzer.Neutral];
        for (int round = 0; round < 2; round++)
        {
            IReadOnlyList<AskedWord> asked = Words.AskedBy(Text, language);

            Assert.NotEmpty(asked);
            foreach (AskedWord word in asked)
            {
                Assert.DoesNotContain(all, analyzer => analyzer.IsStopWord(word.Word));
                string own = TextAnalyzer.For(language).TermOf(word.Word);
                Assert.Equal(all.Select(analyzer => analyzer.TermOf(word.Word)).Prepend(own).Distinct(StringComparer.Ordinal), word.Terms);
            }
        }
    }

    private static Item Asset(string id, string title) =>
        Item.Of(new DataAsset { Id = id, Title = new LocalizedText { Values = { ["de"] = title } } });
}
