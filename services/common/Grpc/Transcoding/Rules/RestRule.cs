using Google.Api;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Rules;

/// <summary>One REST mapping of a method, checked against its messages.</summary>
/// <param name="Method">The method.</param>
/// <param name="Verb">The HTTP verb.</param>
/// <param name="Template">The path.</param>
/// <param name="PathFields">The fields of the path's variables, in their order.</param>
/// <param name="HasBody">Whether the request has a body.</param>
/// <param name="BodyField">The field the body is read into; null is the whole request.</param>
/// <param name="ResponseField">The field the response body is written from; null is the whole response.</param>
internal sealed record RestRule(
    MethodDescriptor Method,
    string Verb,
    PathTemplate Template,
    IReadOnlyList<FieldPath> PathFields,
    bool HasBody,
    FieldDescriptor? BodyField,
    FieldDescriptor? ResponseField)
{
    /// <summary>The path as written in the proto.</summary>
    public required string Path { get; init; }

    /// <summary>All mappings of a method; none when it has no rule.</summary>
    /// <exception cref="InvalidOperationException">A rule does not fit the method.</exception>
    public static IReadOnlyList<RestRule> Of(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule
            ? [From(method, rule), .. rule.AdditionalBindings.Select(additional => From(method, additional))]
            : [];

    private static RestRule From(MethodDescriptor method, HttpRule rule)
    {
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Custom => (rule.Custom.Kind, rule.Custom.Path),
            _ => throw Wrong(method, "has no pattern"),
        };
        try
        {
            var template = PathTemplate.Parse(path);
            return new RestRule(
                method,
                verb,
                template,
                [.. template.Variables.Select(v => FieldPath.Parse(method.InputType, v.FieldPath))],
                rule.Body.Length > 0,
                rule.Body is "" or "*" ? null : Field(method, method.InputType, rule.Body),
                rule.ResponseBody.Length == 0 ? null : Field(method, method.OutputType, rule.ResponseBody)) { Path = path };
        }
        catch (FormatException error)
        {
            throw Wrong(method, error.Message);
        }
    }

    private static FieldDescriptor Field(MethodDescriptor method, MessageDescriptor message, string name) =>
        message.FindFieldByName(name) ?? throw Wrong(method, $"names the field '{name}', which {message.FullName} does not have");

    private static InvalidOperationException Wrong(MethodDescriptor method, string what) =>
        new($"The google.api.http rule of {method.FullName}: {what}");
}
