namespace Ecosystem.Rdf.JsonLd;

/// <summary>
/// A JSON value that knows where it stands, so that a fault found long after parsing can still name its line. Expansion builds new
/// ones out of what it was given; they keep the place of what they come from.
/// </summary>
/// <param name="offset">Byte offset in the document.</param>
internal abstract class JsonItem(int offset)
{
    public int Offset { get; } = offset;

    /// <summary>The value as an array: itself when it is one, nothing for null.</summary>
    public IReadOnlyList<JsonItem> AsList() => this as IReadOnlyList<JsonItem> ?? [this];
}

internal sealed class JsonNull(int offset) : JsonItem(offset);

internal sealed class JsonFlag(bool value, int offset) : JsonItem(offset)
{
    public bool Value { get; } = value;
}

/// <summary>A number as it was written; the digits of a large integer are not rounded.</summary>
internal sealed class JsonNumber(string lexical, int offset) : JsonItem(offset)
{
    public string Lexical { get; } = lexical;
}

internal sealed class JsonText(string value, int offset) : JsonItem(offset)
{
    public string Value { get; } = value;
}
