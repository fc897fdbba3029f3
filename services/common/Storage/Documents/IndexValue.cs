using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage;

/// <summary>Brings the types a document may index to the three kinds every adapter compares alike.</summary>
internal static class IndexValue
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"; // fixed width, so that text order is time order

    public static IndexKind KindOf(System.Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t.IsEnum => IndexKind.Text,
        var t when t == typeof(string) || t == typeof(Guid) || t == typeof(DateOnly) => IndexKind.Text,
        var t when t == typeof(DateTimeOffset) || t == typeof(Timestamp) => IndexKind.Text,
        var t when t == typeof(bool) || t == typeof(byte) || t == typeof(short) => IndexKind.Integer,
        var t when t == typeof(int) || t == typeof(uint) || t == typeof(long) => IndexKind.Integer,
        var t when t == typeof(float) || t == typeof(double) || t == typeof(decimal) => IndexKind.Real,
        var t => throw new ArgumentException(
            $"Values of type {t.Name} cannot be indexed. Use text, an enum, a number, bool, Guid, DateOnly, DateTimeOffset or Timestamp.", nameof(type)),
    };

    /// <summary>Returns a string, a long, a double or null.</summary>
    public static object? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? 1L : 0L,
        System.Enum member => member.ToString(),
        Guid id => id.ToString(),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
        Timestamp moment => moment.ToDateTime().ToString(Instant, CultureInfo.InvariantCulture),
        float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        byte or short or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Values of type {value.GetType().Name} cannot be indexed.", nameof(value)),
    };

    /// <summary>The value a query asks for, checked against the kind of its index; whole numbers may be compared with real ones.</summary>
    public static object? Of(object? value, DocumentIndex index) => (Of(value), index.Kind) switch
    {
        (null, _) => null,
        (string text, IndexKind.Text) => text,
        (long whole, IndexKind.Integer) => whole,
        (double real, IndexKind.Real) => real,
        (long whole, IndexKind.Real) => (double)whole,
        _ => throw new ArgumentException($"Index '{index.Name}' holds {index.Kind} values; {value!.GetType().Name} cannot be compared with them.", nameof(value)),
    };
}
