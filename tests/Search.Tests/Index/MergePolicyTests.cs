namespace Ecosystem.Search.Tests.Index;

public sealed class MergePolicyTests
{
    [Theory]
    [InlineData(96, 2_000, false)]
    [InlineData(97, 2_000, true)]
    [InlineData(97, 1, false)]
    [InlineData(97, MergePolicy.AtOnce, false)]
    [InlineData(385, 1, true)]
    public void Who_fills_an_index_waits_for_merges_and_a_single_change_does_not(int segments, int added, bool waits) =>
        Assert.Equal(waits, MergePolicy.MustWait(segments, added));
}
