using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Tests.Exchange;

/// <summary>Changes any field of a message, however deep, into something else: nothing, too much, or awkward.</summary>
internal static class AssetMutation
{
    private static readonly string[] Awkward =
    [
        "", "x", "de", "text/csv", "\"quoted\" \\ and\nbroken", "Übergewicht 🙂", "not an iri", "https://example.org/a", "https://example.org/a b", "urn:x:y",
        "https://example.org/agents/publisher", "https://klinikum.example.org/data/stroke", "mailto:a@b.de", "a@example.org", "P1D", "abc", "integer", "\u0001",
    ];

    public static void Apply(IMessage message, Random random)
    {
        var places = new List<(IMessage Owner, FieldDescriptor Field)>();
        Collect(message, places);
        (IMessage owner, FieldDescriptor field) = places[random.Next(places.Count)];
        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(owner);
            map[new[] { "de", "en", "", "de-simple", "DE" }[random.Next(5)]] = Awkward[random.Next(Awkward.Length)];
        }
        else if (field.IsRepeated)
        {
            Change((IList)field.Accessor.GetValue(owner), field, random);
        }
        else if (random.Next(3) == 0)
        {
            field.Accessor.Clear(owner);
        }
        else if (Value(field, random) is { } value)
        {
            field.Accessor.SetValue(owner, value);
        }
    }

    private static void Change(IList list, FieldDescriptor field, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                list.Clear();
                break;
            case 1 when list.Count > 0:
                object item = list[random.Next(list.Count)]!;
                list.Add(item is IMessage inner ? inner.Descriptor.Parser.ParseFrom(inner.ToByteString()) : item);
                break;
            default:
                if (Value(field, random) is { } value)
                {
                    list.Add(value);
                }

                break;
        }
    }

    private static object? Value(FieldDescriptor field, Random random) => field.FieldType switch
    {
        FieldType.String => Awkward[random.Next(Awkward.Length)],
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Int32 => new[] { -1, 0, 1, 17, 140 }[random.Next(5)],
        FieldType.Int64 => new[] { -1L, 0, 1, 5_000_000_000 }[random.Next(4)],
        FieldType.Double => new[] { -1, 0, 0.5, 1e-7, 1e20 }[random.Next(5)],
        FieldType.Enum => field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Number,
        FieldType.Message when !field.IsMap => field.MessageType.Parser.ParseFrom(ByteString.Empty),
        _ => null,
    };

    private static void Collect(IMessage message, List<(IMessage Owner, FieldDescriptor Field)> places)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            places.Add((message, field));
            if (field.FieldType != FieldType.Message || field.IsMap || field.MessageType == Timestamp.Descriptor)
            {
                continue;
            }

            IEnumerable values = field.IsRepeated ? (IList)field.Accessor.GetValue(message) : new[] { field.Accessor.GetValue(message) };
            foreach (IMessage inner in values.OfType<IMessage>())
            {
                Collect(inner, places);
            }
        }
    }
}
