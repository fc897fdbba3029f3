using System.Runtime.Intrinsics.X86;
using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Tests.Profiles;

/// <summary>Numbers in bytes with a carry are the numbers themselves, and every processor adds up the same products.</summary>
public sealed class ContextRowsTests
{
    [Fact]
    public void Every_processor_comes_to_the_same_sums()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            short[] vector = [.. Enumerable.Range(0, ContextRows.Dimensions).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
            sbyte[] row = [.. Enumerable.Range(0, ContextRows.Dimensions).Select(_ => (sbyte)random.Next(sbyte.MinValue, sbyte.MaxValue + 1))];
            AssertSums(vector, row);
        }
    }

    [Theory]
    [InlineData(short.MinValue, sbyte.MinValue)]
    [InlineData(short.MinValue, sbyte.MaxValue)]
    [InlineData(short.MaxValue, sbyte.MinValue)]
    [InlineData(short.MaxValue, sbyte.MaxValue)]
    [InlineData(0, sbyte.MinValue)]
    public void Extremes_fit(short one, sbyte other) =>
        AssertSums([.. Enumerable.Repeat(one, ContextRows.Dimensions)], [.. Enumerable.Repeat(other, ContextRows.Dimensions)]);

    [Fact]
    public void What_goes_beyond_a_byte_is_carried_and_comes_back()
    {
        var rows = new ContextRows();
        int row = rows.Add();
        int[] marks = [2 * 5, (2 * 9) + 1, 2 * 5];
        var vector = new short[ContextRows.Dimensions];
        for (int items = 1; items <= 1_000; items++)
        {
            Assert.Equal(items, rows.Mark(row, marks, by: 1));
            rows.CopyTo(row, vector);
            Assert.Equal((2 * items, -items, 0), (vector[5], vector[9], vector[0]));
            Assert.Equal(Math.Sqrt(5) * items, rows.LengthOf(row), 6);
            Assert.Equal(1, rows.Cosine(vector, rows.LengthOf(row), row), 12);
        }
        for (int items = 999; items >= 0; items--) Assert.Equal(items, rows.Mark(row, marks, by: -1));

        rows.CopyTo(row, vector);
        Assert.All(vector, value => Assert.Equal(0, value));
        Assert.Equal(0, rows.LengthOf(row));
    }

    [Fact]
    public void Rows_with_and_without_a_carry_are_found_by_closeness()
    {
        var rows = new ContextRows();
        int frequent = rows.Add();
        int rare = rows.Add();
        int other = rows.Add();
        for (int item = 0; item < 300; item++) rows.Mark(frequent, [2 * 5, 2 * 7], by: 1);
        for (int item = 0; item < 5; item++) rows.Mark(rare, [2 * 5, 2 * 7], by: 1);
        for (int item = 0; item < 5; item++) rows.Mark(other, [2 * 5, (2 * 7) + 1], by: 1);
        var vector = new short[ContextRows.Dimensions];
        (vector[5], vector[7]) = (3, 4);

        List<(int Row, double Closeness)> close = rows.CloseTo(vector, length: 5, leastItems: 5, leastCloseness: 0.35);

        Assert.Equal([frequent, rare], close.Select(one => one.Row).Order());
        Assert.All(close, one => Assert.Equal(7 / (5 * Math.Sqrt(2)), one.Closeness, 12));
        Assert.Equal([frequent], rows.CloseTo(vector, length: 5, leastItems: 6, leastCloseness: 0.35).Select(one => one.Row));
    }

    [Fact]
    public void A_row_that_is_used_again_starts_from_nothing()
    {
        var rows = new ContextRows();
        int row = rows.Add();
        for (int item = 0; item < 300; item++) rows.Mark(row, [2 * 5], by: 1);
        rows.Remove(row);

        int again = rows.Add();
        var vector = new short[ContextRows.Dimensions];
        rows.CopyTo(again, vector);

        Assert.Equal(row, again);
        Assert.Equal(0, rows.ItemsOf(again));
        Assert.All(vector, value => Assert.Equal(0, value));
    }

    private static void AssertSums(short[] vector, sbyte[] row)
    {
        int expected = vector.Zip(row, (one, other) => one * other).Sum();
        Assert.Equal(expected, Products.SumByWidening(vector, row));
        Assert.Equal(expected, Products.Sum(vector, row));
        if (Avx2.IsSupported) Assert.Equal(expected, Products.SumInPairs(vector, row));
    }
}
