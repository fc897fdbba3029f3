namespace Ecosystem.Storage;

internal sealed class DocumentStore(
    IStorageEngine engine, DocumentTypes types, IIdSource ids, TimeProvider time, IEventAddressing? addressing = null) : IDocumentStore
{
    public bool IsShared => engine.IsShared;

    public IDocumentSession OpenSession() => new DocumentSession(engine, types, ids, time, addressing);
}
