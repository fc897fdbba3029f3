using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Search.Tests.Index;

public sealed class TypoTests
{
    [Theory]
    [InlineData("herz", "herz", false)]
    [InlineData("herz", "hers", true)]
    [InlineData("herz", "herzz", true)]
    [InlineData("herz", "her", true)]
    [InlineData("herz", "hrez", true)]
    [InlineData("herz", "zerh", false)]
    [InlineData("herz", "herzen", false)]
    [InlineData("", "a", true)]
    public void One_edit_is_a_letter_more_or_less_or_changed_or_two_neighbours_swapped(string one, string other, bool expected)
    {
        Assert.Equal(expected, Typos.IsOneEditAway(one, other));
        Assert.Equal(expected, Typos.IsOneEditAway(other, one));
    }

    [Fact]
    public void Every_indexed_word_is_found_through_any_single_edit() => Prop.ForAll(Edits.ToArbitrary(), edit =>
    {
        var index = new SearchIndex(new SearchSchema { Languages = [] }.Text("title"));
        index.Put("wanted", SearchField.Text("title", edit.Word));
        index.Put("other", SearchField.Text("title", "Zwischenfinanzierung"));

        SearchResult found = index.Search(new SearchQuery { Text = edit.Typed });

        Assert.Equal(["wanted"], found.Hits.Select(hit => hit.Id));
    }).QuickCheckThrowOnFailure();

    private static readonly Gen<(string Word, string Typed)> Edits =
        from letters in Gen.ArrayOf(Gen.Elements("bcdfghklmnprst".ToCharArray()), 9)
        let word = new string(letters)
        from at in Gen.Choose(0, 7)
        from kind in Gen.Choose(0, 3)
        from letter in Gen.Elements("bcdfghklmnprst".ToCharArray())
        select (word, kind switch
        {
            0 => word.Insert(at, letter.ToString()),
            1 => word.Remove(at, 1),
            2 => word.Remove(at, 1).Insert(at, letter.ToString()),
            _ => string.Concat(word.AsSpan(0, at), word.AsSpan(at + 1, 1), word.AsSpan(at, 1), word.AsSpan(at + 2)),
        });
}
