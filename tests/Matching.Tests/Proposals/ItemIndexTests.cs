using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Matching.Tests.Proposals;

/// <summary>The index gives what comparing with every item gives, whatever was written and removed before.</summary>
public sealed class ItemIndexTests
{
    private static readonly string[] Vocabulary = ["Daten", "Herz", "Herzdaten", "MRT", "Register", "Studie", "learning", "Krebs", "Pflege", "und"];
    private static readonly string[] Areas = ["", "05", "05911000", "10"];

    [Fact]
    public void The_best_from_the_index_are_the_best_of_all() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new System.Random(seed);
            using var context = new ContextSpace();
            using var index = new ItemIndex(context);
            var items = new Dictionary<string, Item>(StringComparer.Ordinal);
            for (int step = 0; step < 60; step++)
            {
                Item item = AnyItem(random, random.Next(30));
                if (random.Next(4) == 0)
                {
                    index.Remove(item.Id);
                    items.Remove(item.Id);
                }
                else
                {
                    index.Put(item);
                    items[item.Id] = item;
                }
            }
            Item asked = AnyItem(random, number: 99);
            SignalWeights weights = SignalWeights.Untuned.For(asked, ItemKind.DataAsset);

            using ItemIndex.Reading reading = index.Read();
            TextQuery query = TextQuery.Of(Words.AskedBy(asked), reading, NearWords.Tuned);
            List<Candidate> found = CandidateScores.Best(reading, asked, query, weights, atLeast: 5);

            var all = items.Values.Select(item => (item.Id, Score: ByHand(asked, item, query, weights)))
                .Where(one => one.Score.Substantial).OrderByDescending(one => Math.Round(one.Score.Score, 6)).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
            Assert.True(found.Count >= Math.Min(5, all.Count));
            Assert.Equal(all.Take(Math.Min(5, all.Count)).Select(one => Math.Round(one.Score.Score, 4)), found.Take(Math.Min(5, all.Count)).Select(one => Math.Round(one.Score, 4)));
            Assert.Equal(found.OrderByDescending(one => one.Score).ThenBy(one => one.Item.Id, StringComparer.Ordinal), found);
            Assert.Equal(items.Count, reading.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void An_index_that_was_emptied_finds_nothing()
    {
        using var context = new ContextSpace();
        using var index = new ItemIndex(context);
        Item item = AnyItem(new System.Random(1), 1);
        index.Put(item);
        index.Remove(item.Id);

        using ItemIndex.Reading reading = index.Read();

        Assert.Empty(TextQuery.Of(Words.AskedBy(item), reading, NearWords.Tuned).Words);
        Assert.Empty(CandidateScores.Best(reading, item, TextQuery.Of([], reading, NearWords.Tuned), SignalWeights.Untuned, atLeast: 5));
    }

    private static (double Score, bool Substantial) ByHand(Item asked, Item item, TextQuery query, SignalWeights weights)
    {
        double text = query.MeetingsIn(Words.FoundBy(item)).Sum(meeting => meeting.Share);
        double themes = Part(asked.Themes, item.Themes);
        double modalities = Part(asked.Modalities, item.Modalities);
        double areas = weights.Areas > 0 ? weights.Areas * AreaKeys.Served(asked.Areas, item.Areas) : 0;
        return ((weights.Text * text) + (weights.Themes * themes) + (weights.Modalities * modalities) + areas, text + themes + modalities > 0);
    }

    private static double Part(IReadOnlyList<string> asked, IReadOnlyList<string> other) =>
        asked.Count == 0 ? 0 : (double)asked.Intersect(other, StringComparer.Ordinal).Count() / asked.Count;

    private static Item AnyItem(System.Random random, int number) => Item.Of(new DataAsset
    {
        Id = $"item-{number:00}",
        Holder = new Organisation { Id = $"holder-{number % 5}" },
        Title = new LocalizedText { Values = { ["de"] = Text(random, 2), ["en"] = Text(random, 1) } },
        Description = new LocalizedText { Values = { [random.Next(2) == 0 ? "de" : ""] = Text(random, 6) } },
        Themes = { random.Next(3) == 0 ? [] : new[] { $"theme-{random.Next(2)}" } },
        Modalities = { random.Next(3) == 0 ? [] : new[] { $"kind-{random.Next(2)}" } },
        Areas = { Areas[random.Next(Areas.Length)] is { Length: > 0 } key ? [new Area { Key = key }] : Array.Empty<Area>() },
    });

    private static string Text(System.Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));
}
