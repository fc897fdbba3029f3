using Ecosystem.Matching.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Matching.Tests.Profiles;

/// <summary>What is learnt of words follows from the items that are there, not from how they came.</summary>
public sealed class NearWordTests
{
    private static readonly string[] Vocabulary = ["insulin", "diabetes", "blutzucker", "sturz", "pflege", "heim", "daten", "register"];

    [Fact]
    public void The_same_items_give_the_same_company_whatever_came_and_went_before() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new System.Random(seed);
            using var lived = new ContextSpace();
            using var fresh = new ContextSpace();
            var items = new Dictionary<string, string[]>(StringComparer.Ordinal);
            for (int step = 0; step < 120; step++)
            {
                string id = $"item-{random.Next(30)}";
                string[] had = items.GetValueOrDefault(id, []);
                string[] has = random.Next(4) == 0 ? [] : [.. Vocabulary.Where(_ => random.Next(2) == 0)];
                lived.Change(id, had, has);
                items[id] = has;
            }
            foreach ((string id, string[] has) in items.OrderBy(_ => random.Next())) fresh.Change(id, [], has);

            foreach (string word in Vocabulary) Assert.Equal(fresh.Near([(word, 1)], most: 5), lived.Near([(word, 1)], most: 5));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Words_of_the_same_items_are_close_and_others_are_not()
    {
        using var space = new ContextSpace();
        for (int number = 0; number < 20; number++) space.Change($"item-{number}", [], number % 2 == 0 ? ["insulin", "diabetes"] : ["sturz", "pflege"]);

        ContextTerm near = Assert.Single(space.Near([("diabetes", 1)], most: 5));

        Assert.Equal(("insulin", "diabetes"), (near.Term, near.Of));
        Assert.Equal(1, near.Closeness, 6);
        Assert.Empty(space.Near([("nirgends", 1)], most: 5));
    }

    [Fact]
    public void Two_items_are_no_company()
    {
        using var space = new ContextSpace();
        for (int number = 0; number < 2; number++) space.Change($"item-{number}", [], ["insulin", "diabetes"]);

        Assert.Empty(space.Near([("diabetes", 1)], most: 5));
    }

    [Fact]
    public void Spellings_follow_what_is_written_and_removed()
    {
        var spellings = new Spellings();
        for (int number = 0; number < 5_000; number++)
        {
            string word = string.Concat("wort".AsEnumerable().Append((char)('a' + (number % 26))).Append((char)('a' + (number / 26 % 26))).Append((char)('a' + (number / 676))));
            spellings.Add(word);
            spellings.Remove(word);
        }
        spellings.Add("schlaganfall");

        Assert.Equal("schlaganfall", Assert.Single(spellings.Like("schlagenfall", most: 3)).Word);
        Assert.Empty(spellings.Like("wortabc", most: 3));
        Assert.Empty(spellings.Like("jahr2024", most: 3));
    }
}
