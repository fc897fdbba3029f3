namespace Ecosystem.Storage.PostgreSql;

/// <summary>The connection broke while the commit was on its way: the server knows the outcome, this process does not.</summary>
internal sealed class CommitInDoubtException(string transactionId, long revision, Exception inner)
    : Exception($"The outcome of transaction {transactionId} is not known.", inner)
{
    public string TransactionId { get; } = transactionId;

    public long Revision { get; } = revision;
}
