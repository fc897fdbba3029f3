using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>Says what a failure of the server means and what to do about it.</summary>
internal static class MongoErrors
{
    private const int DuplicateKey = 11000;
    private const int OutOfDiskSpace = 14031;

    public static async Task<T> ExplainAsync<T>(string database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MongoException error) when (error.HasErrorLabel("UnknownTransactionCommitResult"))
        {
            throw new StoreUnavailableException(
                $"The connection to MongoDB {database} broke during the commit and did not come back: look whether the change is there before trying again.", error);
        }
        catch (MongoCommandException error) when (error.Code == OutOfDiskSpace)
        {
            throw new StoreUnavailableException($"Nothing was written: MongoDB {database} has no room left. Free space on its disk; no repair is needed.", error);
        }
        catch (Exception error) when (error is TimeoutException or MongoConnectionException or MongoNotPrimaryException or MongoNodeIsRecoveringException
            || (error is MongoException failed && failed.HasErrorLabel("TransientTransactionError")))
        {
            throw new StoreUnavailableException(
                $"Nothing was changed: MongoDB {database} cannot be reached: {error.Message} Check that it runs and that ConnectionStrings names it rightly.", error);
        }
    }

    /// <summary>Error 11000 in the forms in which single writes, several writes and commands report it.</summary>
    public static bool IsDuplicate(Exception error) => error switch
    {
        MongoWriteException write => write.WriteError?.Category == ServerErrorCategory.DuplicateKey,
        MongoBulkWriteException<MongoDB.Bson.BsonDocument> bulk => bulk.WriteErrors.Any(failed => failed.Category == ServerErrorCategory.DuplicateKey),
        MongoCommandException command => command.Code == DuplicateKey,
        _ => false,
    };
}
