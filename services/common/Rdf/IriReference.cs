using System.Text;

namespace Ecosystem.Rdf;

/// <summary>
/// Resolution of relative references on the text of the IRI (RFC 3986 section 5.2, strict). <see cref="Uri"/> is not used
/// because it normalises case, ports and escapes, and two spellings are two resources in RDF.
/// </summary>
public static class IriReference
{
    /// <summary>Whether the text starts with a scheme (RFC 3986 section 3.1), so that it needs no base.</summary>
    public static bool HasScheme(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return SchemeLength(reference) > 0;
    }

    /// <summary>The target of a reference found in a document with this base.</summary>
    /// <param name="baseIri">An absolute IRI; its fragment plays no part.</param>
    /// <param name="reference">An absolute or relative reference; the empty one is the base itself.</param>
    public static string Resolve(string baseIri, string reference)
    {
        ArgumentNullException.ThrowIfNull(baseIri);
        ArgumentNullException.ThrowIfNull(reference);
        Parts r = Split(reference);
        if (r.Scheme is not null)
        {
            return Join(r with { Path = RemoveDotSegments(r.Path) });
        }

        Parts b = Split(baseIri);
        if (r.Authority is not null)
        {
            return Join(r with { Scheme = b.Scheme, Path = RemoveDotSegments(r.Path) });
        }

        if (r.Path.Length == 0)
        {
            return Join(b with { Query = r.Query ?? b.Query, Fragment = r.Fragment });
        }

        string path = r.Path.StartsWith('/') ? r.Path : Merge(b, r.Path);
        return Join(b with { Path = RemoveDotSegments(path), Query = r.Query, Fragment = r.Fragment });
    }

    /// <summary>RFC 3986 appendix B, without the regular expression.</summary>
    private static Parts Split(string text)
    {
        string? fragment = null;
        if (text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash)
        {
            fragment = text[(hash + 1)..];
            text = text[..hash];
        }

        string? query = null;
        if (text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
        {
            query = text[(mark + 1)..];
            text = text[..mark];
        }

        string? scheme = null;
        if (SchemeLength(text) is > 0 and var length)
        {
            scheme = text[..length];
            text = text[(length + 1)..];
        }

        if (!text.StartsWith("//", StringComparison.Ordinal))
        {
            return new Parts(scheme, Authority: null, text, query, fragment);
        }

        int path = text.IndexOf('/', 2);
        return path < 0
            ? new Parts(scheme, text[2..], string.Empty, query, fragment)
            : new Parts(scheme, text[2..path], text[path..], query, fragment);
    }

    private static int SchemeLength(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        int i = 1;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '+' or '-' or '.'))
        {
            i++;
        }

        return i < text.Length && text[i] == ':' ? i : 0;
    }

    private static string Merge(Parts b, string path) =>
        b.Authority is not null && b.Path.Length == 0 ? "/" + path : b.Path[..(b.Path.LastIndexOf('/') + 1)] + path;

    /// <summary>RFC 3986 section 5.2.4.</summary>
    private static string RemoveDotSegments(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith('.'))
        {
            return path;
        }

        var output = new StringBuilder(path.Length);
        ReadOnlySpan<char> input = path;
        while (input.Length > 0)
        {
            if (input.StartsWith("../"))
            {
                input = input[3..];
            }
            else if (input.StartsWith("./") || input.StartsWith("/./"))
            {
                input = input[2..];
            }
            else if (input is "/.")
            {
                input = "/";
            }
            else if (input.StartsWith("/../") || input is "/..")
            {
                input = input.Length > 3 ? input[3..] : "/";
                output.Length = Math.Max(0, output.ToString().LastIndexOf('/'));
            }
            else if (input is "." or "..")
            {
                break;
            }
            else
            {
                int end = input[1..].IndexOf('/') + 1;
                ReadOnlySpan<char> segment = end > 0 ? input[..end] : input;
                output.Append(segment);
                input = input[segment.Length..];
            }
        }

        return output.ToString();
    }

    private static string Join(Parts p) => string.Concat(
        p.Scheme is null ? null : p.Scheme + ":",
        p.Authority is null ? null : "//" + p.Authority,
        p.Path,
        (p.Query is null ? null : "?" + p.Query) + (p.Fragment is null ? null : "#" + p.Fragment));

    private readonly record struct Parts(string? Scheme, string? Authority, string Path, string? Query, string? Fragment);
}
