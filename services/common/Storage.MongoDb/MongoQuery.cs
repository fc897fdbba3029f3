using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>Builds and runs one query. BSON compares text by its UTF-8 bytes, which is by code point, and null before everything else.</summary>
internal sealed class MongoQuery(DocumentType type, StoredQuery query)
{
    public async Task<StoredPage> RunAsync(IMongoCollection<BsonDocument> documents, CancellationToken ct)
    {
        var conditions = query.Filters.Select(Condition).ToList();
        var total = query.CountsTotal ? await documents.CountDocumentsAsync(All(conditions), cancellationToken: ct) : -1;
        if (query.After is { } after)
            conditions.Add(Following(after));

        var direction = query.IsDescending ? -1 : 1;
        var order = query.Order is { } index
            ? new BsonDocument { { Field(index), direction }, { "_id", direction } }
            : new BsonDocument("_id", 1);
        var rows = await documents.Find(All(conditions)).Sort(order).Limit(query.Limit + 1).ToListAsync(ct);

        var page = rows.Take(query.Limit).ToList();
        var last = rows.Count > query.Limit ? new QueryPosition(ValueOf(page[^1]), page[^1]["_id"].AsString) : null;
        return new StoredPage(page.ConvertAll(MongoDocument.Read), last, total);
    }

    private static BsonDocument All(List<BsonDocument> conditions) =>
        conditions.Count == 0 ? new BsonDocument() : new BsonDocument("$and", new BsonArray(conditions));

    private BsonDocument Condition(DocumentFilter filter) => filter switch
    {
        DocumentFilter.AnyOf any => new BsonDocument(
            Field(any.Index), new BsonDocument("$in", new BsonArray(any.Values.Where(value => value is not null || !any.Index.IsMany).Select(MongoDocument.ToBson)))),
        DocumentFilter.Range range => new BsonDocument(Field(range.Index), Limits(range)),
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

    private static BsonDocument Limits(DocumentFilter.Range range)
    {
        var limits = new BsonDocument("$ne", BsonNull.Value);
        if (range.From is not null)
            limits.Add("$gte", MongoDocument.ToBson(range.From));
        if (range.Before is not null)
            limits.Add("$lt", MongoDocument.ToBson(range.Before));
        return limits;
    }

    /// <summary>What comes after a place; those without a value are first ascending and last descending.</summary>
    private BsonDocument Following(QueryPosition after)
    {
        if (query.Order is not { } index)
            return Compare("_id", "$gt", after.Id);

        var field = Field(index);
        var direction = query.IsDescending ? "$lt" : "$gt";
        var value = MongoDocument.ToBson(after.Value);
        var sameValue = new BsonDocument { { field, value }, { "_id", new BsonDocument(direction, after.Id) } };
        return (after.Value, query.IsDescending) switch
        {
            (null, false) => Any(sameValue, Compare(field, "$ne", BsonNull.Value)),
            (null, true) => sameValue,
            (_, false) => Any(Compare(field, direction, value), sameValue),
            (_, true) => Any(Compare(field, direction, value), sameValue, new BsonDocument(field, BsonNull.Value)),
        };
    }

    private static BsonDocument Compare(string field, string operation, BsonValue value) => new(field, new BsonDocument(operation, value));

    private static BsonDocument Any(params BsonDocument[] conditions) => new("$or", new BsonArray(conditions));

    private string Field(DocumentIndex index) => MongoDocument.Field(type, index);

    private object? ValueOf(BsonDocument row) =>
        query.Order is { } index && row["ix"].AsBsonDocument.TryGetValue(index.KeyIn(type), out var value) ? MongoDocument.FromBson(value) : null;
}
