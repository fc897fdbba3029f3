namespace Ecosystem.Rdf.JsonLd;

/// <summary>What the parts of one reading share: the document, the options, and how much work is left.</summary>
internal sealed class JsonLdRun(JsonSource source, JsonLdReaderOptions options)
{
    private long _definitionsLeft = options.MaxTermDefinitions;

    public JsonSource Source => source;

    public JsonLdReaderOptions Options => options;

    public RdfReaderOptions Limits => options.Limits;

    public bool IsVersion10 => options.Version == JsonLdVersion.Version10;

    public RdfSyntaxException Fault(string code, JsonItem at, string sentence) => source.Fault(sentence, at.Offset, code);

    /// <summary>Refuses what only version 1.1 has when 1.0 is asked for.</summary>
    public void Require11(string code, JsonItem at, string what)
    {
        if (IsVersion10)
        {
            throw Fault(code, at, $"{what} is not part of JSON-LD 1.0.");
        }
    }

    public void SpendDefinitions(int count, JsonItem at)
    {
        _definitionsLeft -= count;
        if (_definitionsLeft < 0)
        {
            throw Fault("context overflow", at, $"Contexts may take at most {options.MaxTermDefinitions} definitions to process.");
        }
    }
}
