namespace Ecosystem.Grpc.Transcoding.Rules;

/// <summary>
/// A path template of <c>google.api.http</c>: <c>/v1/{name=shelves/*}/books/{id}:verb</c>
/// (googleapis, google/api/http.proto, "Path template syntax").
/// </summary>
/// <param name="Segments">The segments in order, those inside variables included.</param>
/// <param name="Variables">Which segments make up which field.</param>
/// <param name="Verb">What follows the last segment after a colon; null when nothing does.</param>
internal sealed record PathTemplate(IReadOnlyList<PathSegment> Segments, IReadOnlyList<PathVariable> Variables, string? Verb)
{
    /// <summary>Parses a template.</summary>
    /// <exception cref="FormatException">The template is not valid; the message says where.</exception>
    public static PathTemplate Parse(string template) => new PathTemplateParser(template).Parse();
}

/// <summary>One segment: a literal, <c>*</c> (any one segment) or <c>**</c> (any number of them, last only).</summary>
internal readonly record struct PathSegment(SegmentKind Kind, string Literal);

internal enum SegmentKind
{
    Literal,
    One,
    Many,
}

/// <summary>A field filled from the segments from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal sealed record PathVariable(string FieldPath, int Start, int End);
