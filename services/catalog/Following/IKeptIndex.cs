using Ecosystem.Search;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>An index that outlives the process.</summary>
internal interface IKeptIndex<TDocument>
    where TDocument : class
{
    SearchIndex Index { get; }

    SearchSchema Schema { get; }

    /// <summary>The documents that can be found: as many as the index holds, or it is not true to the store.</summary>
    DocumentQuery<TDocument> Expected { get; }

    /// <summary>Goes on with another index.</summary>
    void Use(SearchIndex index);
}
