using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Google.Rpc;
using Grpc.Core;
using Severity = Ecosystem.Catalog.V1.Finding.Types.Severity;

namespace Ecosystem.Catalog.Rules;

/// <summary>Collects everything that is wrong with a request, so that its author hears it all at once, in English and in German.</summary>
/// <param name="message">The field of the request that is checked, such as <c>data_asset</c>; empty for the request itself.</param>
internal sealed class Violations(string message = "") : FieldProblems(message)
{
    private readonly List<Finding> _found = [];

    /// <summary>Whether anything must be put right.</summary>
    public bool Any => _found.Exists(f => f.Severity != Severity.Recommended);

    public IReadOnlyList<Finding> Findings => _found;

    /// <summary>Each as a sentence that begins with the field.</summary>
    public IEnumerable<string> Sentences => Refusals.Select(f => $"{f.Field}: {f.Sentence.Values["en"]}");

    private IEnumerable<Finding> Refusals => _found.Where(f => f.Severity != Severity.Recommended);

    /// <inheritdoc />
    public override void Add(string field, string english, string? german = null)
    {
        var finding = new Finding
        {
            Field = PathOf(field),
            Severity = Severity.Wrong,
            Sentence = new() { Values = { ["en"] = english } },
        };
        if (german is not null)
        {
            finding.Sentence.Values["de"] = german;
        }

        _found.Add(finding);
    }

    /// <summary>Adds a finding whose field is a path within the message that is checked.</summary>
    public void Add(Finding finding)
    {
        Finding placed = finding.Clone();
        placed.Field = PathOf(finding.Field);
        _found.Add(placed);
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT with everything that must be put right.</exception>
    public void ThrowIfAny(string what)
    {
        if (!Any)
        {
            return;
        }

        int count = Refusals.Count();
        throw RichStatus.Create(
            StatusCode.InvalidArgument,
            count == 1 ? $"{what}: one field must be mended." : $"{what}: {count} fields must be mended.",
            new BadRequest { FieldViolations = { Refusals.Select(ViolationOf) } });
    }

    private static BadRequest.Types.FieldViolation ViolationOf(Finding finding)
    {
        string example = finding.Example.Length == 0 ? string.Empty : finding.Example;
        var violation = new BadRequest.Types.FieldViolation
        {
            Field = finding.Field,
            Description = finding.Sentence.Values["en"] + (example.Length == 0 ? string.Empty : $" Example: {example}"),
        };
        if (finding.Sentence.Values.TryGetValue("de", out string? german))
        {
            violation.LocalizedMessage = new LocalizedMessage
            {
                Locale = "de",
                Message = german + (example.Length == 0 ? string.Empty : $" Beispiel: {example}"),
            };
        }

        return violation;
    }
}
