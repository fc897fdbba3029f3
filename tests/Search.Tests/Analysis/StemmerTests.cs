using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Search.Tests.Analysis;

/// <summary>Examples from the publications of the algorithms.</summary>
public sealed class StemmerTests
{
    [Theory]
    [InlineData("consign", "consign")]
    [InlineData("consigned", "consign")]
    [InlineData("consistency", "consist")]
    [InlineData("consistently", "consist")]
    [InlineData("consolation", "consol")]
    [InlineData("conspiracy", "conspiraci")]
    [InlineData("knackeries", "knackeri")]
    [InlineData("knightly", "knight")]
    [InlineData("knocked", "knock")]
    [InlineData("generously", "generous")]
    [InlineData("communication", "communic")]
    [InlineData("hopping", "hop")]
    [InlineData("hoping", "hope")]
    [InlineData("dying", "die")]
    [InlineData("skies", "sky")]
    [InlineData("ties", "tie")]
    [InlineData("cries", "cri")]
    [InlineData("gas", "gas")]
    [InlineData("gaps", "gap")]
    [InlineData("proceed", "proceed")]
    [InlineData("agreed", "agre")]
    [InlineData("relational", "relat")]
    [InlineData("radically", "radic")]
    [InlineData("youth", "youth")]
    [InlineData("sayings", "say")]
    [InlineData("controller", "control")]
    public void English_words_are_stemmed_as_published(string word, string stem) => Assert.Equal(stem, EnglishStemmer.Stem(word));

    [Theory]
    [InlineData("speicherbehältern", "speicherbehal")]
    [InlineData("grenzpostens", "grenzpo")]
    [InlineData("ausgefeiltere", "ausgefeil")]
    [InlineData("gesuchten", "such")]
    [InlineData("eltern", "elter")]
    [InlineData("tannen", "tann")]
    [InlineData("gehen", "geh")]
    [InlineData("schiene", "schien")]
    public void German_words_are_stemmed_as_case_insensitive_CISTEM_does(string word, string stem) => Assert.Equal(stem, CistemStemmer.Stem(word));

    [Theory]
    [InlineData("undersøgelsen", "undersøg")]
    [InlineData("indtager", "indtag")]
    [InlineData("indtagelse", "indtag")]
    [InlineData("barnløshed", "barnløs")]
    [InlineData("venligst", "ven")]
    public void Danish_words_lose_their_endings(string word, string stem) => Assert.Equal(stem, DanishStemmer.Stem(word));

    [Fact]
    public void Every_word_has_a_term_in_every_language() => Prop.ForAll<NonNull<string>>(text =>
    {
        foreach (TextAnalyzer analyzer in (TextAnalyzer[])[TextAnalyzer.German, TextAnalyzer.English, TextAnalyzer.Danish, TextAnalyzer.Neutral])
        {
            Assert.All(analyzer.Analyze(text.Get), token =>
            {
                Assert.NotEmpty(token.Term);
                Assert.InRange(token.Start, 0, text.Get.Length - token.Length);
            });
        }
    }).QuickCheckThrowOnFailure();
}
