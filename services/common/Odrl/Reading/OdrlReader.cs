using System.Text.Json;

namespace Ecosystem.Odrl;

/// <summary>
/// Reads policies in the JSON-LD forms seen in the wild: with the ODRL context, with the context of the Dataspace Protocol, with prefixed or
/// full names, expanded, and compact policies whose shared properties are handed down to the rules. Remote contexts are never loaded.
/// </summary>
public static class OdrlReader
{
    // Far above ReaderLimits.Nesting, so that too deep a policy is refused with its path and not as bad JSON.
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 8192, AllowDuplicateProperties = false };

    /// <summary>Reads a policy, or the policy inside an offer or agreement message of the Dataspace Protocol.</summary>
    /// <param name="json">The text.</param>
    /// <param name="limits">How large it may be; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <returns>The policy in expanded form.</returns>
    /// <exception cref="OdrlFormatException">The text is not a policy, or too large.</exception>
    public static OdrlPolicy Parse(string json, ReaderLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        limits ??= ReaderLimits.Default;
        if (json.Length > limits.Characters)
        {
            throw new OdrlFormatException("$", new(
                $"Die Richtlinie hat {json.Length} Zeichen, erlaubt sind {limits.Characters}.",
                $"The policy has {json.Length} characters, {limits.Characters} are allowed."));
        }

        using var document = ParseJson(json);
        var root = new Place(document.RootElement, "$").Single();
        var terms = TermResolver.From(root);
        return new PolicyReader(terms, limits).Read(FindPolicy(root, terms));
    }

    private static JsonDocument ParseJson(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Json);
        }
        catch (JsonException problem)
        {
            var line = (problem.LineNumber ?? 0) + 1;
            throw new OdrlFormatException("$", new(
                $"Der Text ist kein gültiges JSON (Zeile {line}).",
                $"The text is not valid JSON (line {line}): {problem.Message}"))
            { Line = line };
        }
    }

    private static Place FindPolicy(Place root, TermResolver terms)
    {
        root.RequireObject();
        if (root.Property("@graph") is { } graph)
        {
            var policies = graph.Items().Where(item => item.IsObject && PolicyReader.IsPolicy(item, terms)).ToList();
            return policies.Count == 1
                ? policies[0]
                : throw new OdrlFormatException(graph.Path, new($"Erwartet wird genau eine Richtlinie, gefunden wurden {policies.Count}.", $"Exactly one policy is expected, {policies.Count} were found."));
        }

        return PolicyReader.IsPolicy(root, terms) ? root : root.Property("offer") ?? root.Property("agreement") ?? root;
    }
}
