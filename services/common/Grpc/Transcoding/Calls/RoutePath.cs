using Ecosystem.Grpc.Transcoding.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>A path template as a route, and back from route values to the template's variables.</summary>
internal sealed class RoutePath
{
    private readonly PathTemplate _template;

    public RoutePath(PathTemplate template)
    {
        _template = template;
        Pattern = RoutePatternFactory.Pattern(template.Segments.Select((segment, i) => ToRoute(segment, i, i == template.Segments.Count - 1)));
    }

    public RoutePattern Pattern { get; }

    /// <summary>The text of a variable, decoded.</summary>
    public string Read(HttpContext context, int variable)
    {
        var (_, start, end) = _template.Variables[variable];
        return end - start == 1
            ? Decode(ReadSegment(context, start))
            : string.Join('/', Enumerable.Range(start, end - start).Select(i => ReadSegment(context, i)));
    }

    private string ReadSegment(HttpContext context, int index)
    {
        var segment = _template.Segments[index];
        if (segment.Kind == SegmentKind.Literal)
        {
            return segment.Literal;
        }

        var value = context.Request.RouteValues[NameOf(index)] as string ?? "";
        return segment.Kind == SegmentKind.Many && _template.Verb is { } verb ? value[..^(verb.Length + 1)] : value;
    }

    private RoutePatternPathSegment ToRoute(PathSegment segment, int index, bool isLast)
    {
        var verb = isLast && _template.Verb is not null ? $":{_template.Verb}" : "";
        return segment.Kind switch
        {
            SegmentKind.Literal => RoutePatternFactory.Segment(RoutePatternFactory.LiteralPart(segment.Literal + verb)),
            SegmentKind.One when verb.Length == 0 => RoutePatternFactory.Segment(RoutePatternFactory.ParameterPart(NameOf(index))),
            SegmentKind.One => RoutePatternFactory.Segment(RoutePatternFactory.ParameterPart(NameOf(index)), RoutePatternFactory.LiteralPart(verb)),
            _ when verb.Length == 0 => RoutePatternFactory.Segment(
                RoutePatternFactory.ParameterPart(NameOf(index), @default: null, RoutePatternParameterKind.CatchAll)),
            _ => RoutePatternFactory.Segment(RoutePatternFactory.ParameterPart(
                NameOf(index), @default: null, RoutePatternParameterKind.CatchAll, RoutePatternFactory.ParameterPolicy(new EndsWith(verb)))),
        };
    }

    private static string NameOf(int index) => $"segment{index}";

    /// <summary>Kestrel decodes all of a path but the slash, which would make two segments of one.</summary>
    private static string Decode(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells <c>/{name=**}:verb</c> from <c>/{name=**}</c>.</summary>
    private sealed class EndsWith(string suffix) : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values.TryGetValue(routeKey, out var value) && value is string text && text.EndsWith(suffix, StringComparison.Ordinal);
    }
}
