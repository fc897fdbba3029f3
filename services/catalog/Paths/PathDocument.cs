using System.Security.Cryptography;
using System.Text;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;
using State = Ecosystem.Catalog.V1.Reachability.Types.State;

namespace Ecosystem.Catalog.Paths;

/// <summary>A path to data that assets name, and whether somebody answers there. Several assets may share one.</summary>
internal sealed class PathDocument
{
    public static readonly DocumentType<PathDocument> Type = new DocumentType<PathDocument>("paths", d => d.Id)
        .Index("next_try", d => d.NextTry);

    public required string Id { get; init; }

    public required string Address { get; init; }

    public required Reachability Reachability { get; set; }

    /// <summary>When it is tried next, in Unix seconds.</summary>
    public long NextTry { get; set; }

    /// <summary>Rises by one when the state changes; consumers of the events order by it.</summary>
    public long Version { get; set; }

    /// <summary>The digest of the address, because addresses may be longer than an identifier.</summary>
    public static string IdOf(string address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)));

    /// <summary>The path of a distribution: its connector, or else where it is accessed.</summary>
    public static string AddressOf(Distribution distribution) =>
        distribution.ConnectorAddress.Length > 0 ? distribution.ConnectorAddress : distribution.AccessUrl;

    public static PathDocument Begin(string address) => new()
    {
        Id = IdOf(address),
        Address = address,
        Reachability = new Reachability { State = State.Unspecified },
    };
}
