using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.Import;

/// <summary>One data set of a foreign catalogue as an asset, with what has to be said about the translation.</summary>
/// <param name="Source">The data set's IRI, or its place in the text.</param>
/// <param name="Asset">The asset; it may still break the catalogue's own rules.</param>
/// <param name="Remarks">What was assumed or left out, each a sentence.</param>
internal sealed record DcatRecord(string Source, DataAsset Asset, List<string> Remarks);
