namespace Ecosystem.Search;

/// <summary>What one occurrence of a word counts, by field and length of the document: BM25F's boost over length normalisation.</summary>
internal sealed class FieldWeights(double[] boosts, LengthNorms[] norms, Segment segment)
{
    private readonly int[][] _lengths = [.. boosts.Select((_, field) => segment.Lengths(field))];

    /// <summary>The weight of one occurrence; 0 in fields that are not searched.</summary>
    internal double Of(int field, int document) => boosts[field] * norms[field].Of(_lengths[field][document]);
}
