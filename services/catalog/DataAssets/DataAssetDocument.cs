using System.Text.Json.Serialization;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A data asset as it is kept. Its etag is the store's and is filled in when the asset leaves.</summary>
internal sealed class DataAssetDocument
{
    /// <summary>Stands for everybody in <see cref="VisibleTo"/>.</summary>
    public const string Everybody = "*";

    /// <summary>Stands for those who look at what is handed in.</summary>
    public const string Editors = "role:editor";

    public static readonly DocumentType<DataAssetDocument> Type = new DocumentType<DataAssetDocument>("data_assets", d => d.Id)
        .Index("registered", d => d.Id) // UUIDv7: the order of identifiers is the order of registration
        .Index("holder", d => d.Asset.Holder.Id)
        .Index("state", d => d.Asset.State)
        .Index("check_due", d => d.CheckDue())
        .Index("changed", d => d.Asset.UpdateTime.Milliseconds())
        .IndexMany("path", d => d.Asset.Distributions.Select(PathDocument.AddressOf).Where(a => a.Length > 0).Select(PathDocument.IdOf))
        .IndexMany("visible_to", d => d.VisibleTo())
        .Unique("identifier", d => IdentifierKey(d.Asset.Holder.Id, d.Asset.Identifier));

    private DataAsset _asset = null!;

    public required string Id { get; init; }

    public required DataAsset Asset
    {
        get => _asset;
        init => _asset = value;
    }

    /// <summary>As it was read, when it has become another since.</summary>
    [JsonIgnore]
    public DataAsset? Before { get; private set; }

    /// <summary>Rises by one with every change; consumers of the events order by it.</summary>
    public long Version { get; set; }

    /// <summary>Changes it. What was read stays as it is, so that the history can tell the two apart: pass on a clone.</summary>
    public void Become(DataAsset changed)
    {
        Before ??= _asset;
        _asset = changed;
    }

    /// <summary>The identifier is unique per holder, not in the whole catalogue.</summary>
    public static string IdentifierKey(string holder, string identifier) => $"{holder} {identifier}";

    /// <summary>Whose lists and searches show it.</summary>
    public IEnumerable<string> VisibleTo() => Asset.State switch
    {
        PublicationState.Published or PublicationState.Deprecated => [Everybody],
        PublicationState.Review => [Asset.Holder.Id, Editors],
        _ => [Asset.Holder.Id],
    };

    /// <summary>What of <see cref="VisibleTo"/> a caller is.</summary>
    public static string[] SeenBy(Caller caller) => caller.IsEditor() ? [Everybody, caller.Organisation, Editors] : [Everybody, caller.Organisation];

    /// <summary>By when it must be checked, in Unix seconds; nothing for what nobody relies on.</summary>
    private long? CheckDue() => LifeRules.IsPublic(Asset.State) ? Asset.CheckDue?.Seconds : null;
}
