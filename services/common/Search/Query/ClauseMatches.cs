using System.Buffers;

namespace Ecosystem.Search;

/// <summary>
/// The live documents of one segment that a clause matches, ascending, with the weighted, length-normalised frequency of the clause in each
/// (BM25F's pseudo-frequency).
/// </summary>
internal sealed class ClauseMatches(int most) : IDisposable
{
    private int[] _documents = ArrayPool<int>.Shared.Rent(most);
    private double[] _frequencies = ArrayPool<double>.Shared.Rent(most);

    internal int Count { get; private set; }

    /// <summary>In how many of them what was written occurs itself, not what may have been meant.</summary>
    internal int Exact { get; set; }

    internal ReadOnlySpan<int> Documents => _documents.AsSpan(0, Count);

    internal ReadOnlySpan<double> Frequencies => _frequencies.AsSpan(0, Count);

    internal void Add(int document, double frequency)
    {
        _documents[Count] = document;
        _frequencies[Count++] = frequency;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_documents);
        ArrayPool<double>.Shared.Return(_frequencies);
        (_documents, _frequencies) = ([], []);
    }
}
