using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Rules;

/// <summary>Binary messages can carry times that no calendar has; JSON cannot write them, so they must never be kept.</summary>
internal static class TimeRules
{
    private const long FirstSecond = -62_135_596_800; // 0001-01-01T00:00:00Z
    private const long LastSecond = 253_402_300_799; // 9999-12-31T23:59:59Z
    private const int NanosInASecond = 1_000_000_000;

    public static bool IsValid(Timestamp? time) =>
        time is null || (time.Seconds is >= FirstSecond and <= LastSecond && time.Nanos is >= 0 and < NanosInASecond);

    public static void CheckTime(this Violations violations, string field, Timestamp? time) =>
        violations.Unless(
            IsValid(time),
            field,
            "This is no time: the years 1 to 9999 are allowed, and nanos from 0 to 999999999.",
            "Das ist kein Zeitpunkt: Erlaubt sind die Jahre 1 bis 9999 und nanos von 0 bis 999999999.");

    /// <summary>Checks every time of a description, however deep, so that no field that is added later is forgotten.</summary>
    /// <param name="violations">Where findings go.</param>
    /// <param name="description">What is checked.</param>
    /// <param name="written">The fields that the caller writes; what the catalogue sets is not looked at.</param>
    public static void CheckTimes(this Violations violations, IMessage description, IReadOnlySet<string> written)
    {
        foreach ((string field, Timestamp time) in TimesOf(description, string.Empty).Where(t => written.Contains(Texts.TopOf(t.Field))))
        {
            violations.CheckTime(field, time);
        }
    }

    private static IEnumerable<(string Field, Timestamp Time)> TimesOf(IMessage message, string prefix)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder().Where(f => f.FieldType == FieldType.Message && !f.IsMap))
        {
            string path = prefix.Length == 0 ? field.Name : $"{prefix}.{field.Name}";
            object? value = field.Accessor.GetValue(message);
            IEnumerable<(string Place, object? Value)> singles = field.IsRepeated
                ? ((IList)value!).Cast<object?>().Select((item, i) => ($"{path}[{i}]", item))
                : [(path, value)];
            foreach ((string place, object? single) in singles)
            {
                if (single is Timestamp time)
                {
                    yield return (place, time);
                }
                else if (single is IMessage inner)
                {
                    foreach ((string Field, Timestamp Time) found in TimesOf(inner, place))
                    {
                        yield return found;
                    }
                }
            }
        }
    }
}
