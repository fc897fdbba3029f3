using Ecosystem.Grpc;

namespace Ecosystem.Catalog.Rules;

/// <summary>Collects everything that is wrong with a request, so that its author hears it all at once.</summary>
/// <param name="message">The field of the request that is checked, such as <c>data_asset</c>; empty for the request itself.</param>
internal sealed class Violations(string message = "")
{
    private readonly List<(string Field, string Problem)> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>Each as a sentence that begins with the field.</summary>
    public IEnumerable<string> Sentences => _found.Select(v => $"{v.Field}: {v.Problem}");

    public void Add(string field, string problem) => _found.Add((message.Length == 0 ? field : $"{message}.{field}", problem));

    public void Unless(bool holds, string field, string problem)
    {
        if (!holds)
        {
            Add(field, problem);
        }
    }

    public void ThrowIfAny(string what)
    {
        if (Any)
        {
            throw RichStatus.InvalidArgument(
                _found.Count == 1 ? $"{what}: one field must be mended." : $"{what}: {_found.Count} fields must be mended.",
                [.. _found]);
        }
    }
}
