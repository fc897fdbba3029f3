using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A new or changed asset on its way into the store.</summary>
/// <param name="Document">The asset as it is to be.</param>
/// <param name="By">Who does it; null when the catalogue does it by itself.</param>
/// <param name="Reason">Why; null when none was given.</param>
/// <param name="Published">What others are told of an asset that is published, by its version; null for the usual.</param>
internal sealed record AssetChange(DataAssetDocument Document, Caller? By, LocalizedText? Reason = null, Func<long, IMessage>? Published = null);
