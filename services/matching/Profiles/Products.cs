using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ecosystem.Matching.Profiles;

/// <summary>The sum of the products of a vector with a row of bytes, many at a time. Every question is compared with every word, so this is where their time goes.</summary>
internal static class Products
{
    /// <summary>The sum; both are of the same length, a multiple of 16 and at most 512, so that it always fits.</summary>
    public static int Sum(ReadOnlySpan<short> vector, ReadOnlySpan<sbyte> row) => Avx2.IsSupported ? SumInPairs(vector, row) : SumByWidening(vector, row);

    /// <summary>As x86 processors have it: two products and their sum in one step.</summary>
    internal static int SumInPairs(ReadOnlySpan<short> vector, ReadOnlySpan<sbyte> row)
    {
        ReadOnlySpan<Vector256<short>> left = MemoryMarshal.Cast<short, Vector256<short>>(vector);
        ReadOnlySpan<Vector128<sbyte>> right = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(row);
        Vector256<int> sum = Vector256<int>.Zero;
        for (int at = 0; at < left.Length && at < right.Length; at++) sum += Avx2.MultiplyAddAdjacent(left[at], Avx2.ConvertToVector256Int16(right[at]));
        return Vector256.Sum(sum);
    }

    /// <summary>As every processor with vectors has it (arm64 among them).</summary>
    internal static int SumByWidening(ReadOnlySpan<short> vector, ReadOnlySpan<sbyte> row)
    {
        ReadOnlySpan<Vector128<short>> left = MemoryMarshal.Cast<short, Vector128<short>>(vector);
        ReadOnlySpan<Vector128<sbyte>> right = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(row);
        Vector128<int> sum = Vector128<int>.Zero;
        for (int at = 0; at < right.Length && (2 * at) + 1 < left.Length; at++)
        {
            (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(right[at]);
            sum += Sum(left[2 * at], lower) + Sum(left[(2 * at) + 1], upper);
        }
        return Vector128.Sum(sum);
    }

    private static Vector128<int> Sum(Vector128<short> one, Vector128<short> other) =>
        (Vector128.WidenLower(one) * Vector128.WidenLower(other)) + (Vector128.WidenUpper(one) * Vector128.WidenUpper(other));
}
