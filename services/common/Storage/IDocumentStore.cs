namespace Ecosystem.Storage;

/// <summary>The documents of one service: one store per service, never shared between services.</summary>
public interface IDocumentStore
{
    /// <summary>Opens a unit of work. Cheap; holds no connection until it is used.</summary>
    IDocumentSession OpenSession();
}
