namespace Ecosystem.Storage;

/// <summary>The documents of one service: one store per service, never shared between services.</summary>
public interface IDocumentStore
{
    /// <summary>
    /// Whether other processes may read and write the same store: several copies of the service on one PostgreSQL, but never on one SQLite
    /// file. What a process keeps in memory of a shared store it must look up again from time to time.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Opens a unit of work. Cheap; holds no connection until it is used.</summary>
    IDocumentSession OpenSession();
}
