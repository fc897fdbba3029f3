namespace Ecosystem.Catalog.Harvest.Reading;

/// <summary>The catalogue of a source cannot be read as a whole; the message is a sentence for its operator.</summary>
internal sealed class HarvestFailedException(string sentence) : Exception(sentence);
