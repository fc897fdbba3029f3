using MongoDB.Bson;

namespace Ecosystem.Storage.MongoDb;

/// <summary>
/// A document as it lies in its collection. The body is JSON text, so that nothing of it is read as a type of BSON; the index values
/// beside it are what is queried, and <c>done</c> names those that were computed, with or without a value.
/// </summary>
internal static class MongoDocument
{
    public const string Revision = "revision";
    public const string Done = "done";

    /// <summary>Where the values of an index are.</summary>
    public static string Field(DocumentType type, DocumentIndex index) => "ix." + index.KeyIn(type);

    public static StoredDocument Read(BsonDocument document) => new(
        document["_id"].AsString, document[Revision].ToInt64(), document["version"].ToInt32(), document["body"].AsString);

    public static BsonDocument Of(DocumentType type, StoredDocument document, IReadOnlyList<IReadOnlyList<object?>> values) => new()
    {
        { "_id", document.Id },
        { Revision, document.Revision },
        { "version", document.Version },
        { "body", document.Body },
        { "ix", Values(type, values) },
        { Done, Keys(type) },
    };

    public static BsonArray Keys(DocumentType type) => new(type.Indexes.Select(index => index.KeyIn(type)));

    public static BsonValue ToBson(object? value) => value switch
    {
        null => BsonNull.Value,
        string text => new BsonString(text),
        long whole => new BsonInt64(whole),
        double real => new BsonDouble(real),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    public static object? FromBson(BsonValue value) => value.BsonType switch
    {
        BsonType.String => value.AsString,
        BsonType.Int64 => value.AsInt64,
        BsonType.Double => value.AsDouble,
        _ => null,
    };

    /// <summary>A value that is not there is left out: to a query and an order it is null, and a unique index does not see it.</summary>
    private static BsonDocument Values(DocumentType type, IReadOnlyList<IReadOnlyList<object?>> values)
    {
        var content = new BsonDocument();
        for (var i = 0; i < values.Count; i++)
        {
            var index = type.Indexes[i];
            if (index.IsMany)
                content.Add(index.KeyIn(type), new BsonArray(values[i].Select(ToBson)));
            else if (values[i][0] is { } value)
                content.Add(index.KeyIn(type), ToBson(value));
        }

        return content;
    }
}
