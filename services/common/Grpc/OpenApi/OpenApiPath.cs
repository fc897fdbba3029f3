using System.Globalization;
using System.Text;
using Ecosystem.Grpc.Transcoding.Rules;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>A path template as OpenAPI writes it: each wildcard is a parameter of its own, since none may hold a slash.</summary>
internal sealed class OpenApiPath
{
    /// <summary>Creates the path of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="names">Names its parameters are to have, in order; null takes those of the fields.</param>
    public OpenApiPath(RestRule rule, IReadOnlyList<string>? names = null)
    {
        var text = new StringBuilder();
        var parameters = new List<PathParameter>();
        for (var i = 0; i < rule.Template.Segments.Count; i++)
        {
            var segment = rule.Template.Segments[i];
            _ = text.Append('/');
            if (segment.Kind == SegmentKind.Literal)
            {
                _ = text.Append(segment.Literal);
                continue;
            }

            var parameter = Name(rule, i);
            parameters.Add(names is null ? parameter : parameter with { Name = names[parameters.Count] });
            parameter = parameters[^1];
            _ = text.Append('{').Append(parameter.Name).Append('}');
        }

        Text = (rule.Template.Verb is { } verb ? text.Append(':').Append(verb) : text).ToString();
        Parameters = parameters;
    }

    public string Text { get; }

    /// <summary>The path without the names of its parameters; of two paths that differ only there, OpenAPI allows one.</summary>
    public string Shape => Parameters.Aggregate(Text, (text, parameter) => text.Replace($"{{{parameter.Name}}}", "{}", StringComparison.Ordinal));

    public IReadOnlyList<PathParameter> Parameters { get; }

    private static PathParameter Name(RestRule rule, int segment)
    {
        for (var v = 0; v < rule.Template.Variables.Count; v++)
        {
            var (name, start, end) = rule.Template.Variables[v];
            if (segment < start || segment >= end)
            {
                continue;
            }

            var wildcards = Enumerable.Range(start, end - start).Where(i => rule.Template.Segments[i].Kind != SegmentKind.Literal).ToArray();
            return wildcards.Length == 1 && end - start == 1
                ? new PathParameter(name, rule.PathFields[v])
                : new PathParameter(string.Create(CultureInfo.InvariantCulture, $"{name}_{Array.IndexOf(wildcards, segment) + 1}"), null);
        }

        return new PathParameter(string.Create(CultureInfo.InvariantCulture, $"segment_{segment}"), null);
    }
}

/// <summary>A parameter of a path.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Field">The field it fills alone; null when it is part of one.</param>
internal sealed record PathParameter(string Name, FieldPath? Field);
