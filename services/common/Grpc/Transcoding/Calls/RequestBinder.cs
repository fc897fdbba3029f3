using System.Collections;
using System.Text.Json;
using Ecosystem.Grpc.Transcoding.Json;
using Ecosystem.Grpc.Transcoding.Rules;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>Builds the request message from body, query, path and <c>If-Match</c>, in this order, so that the path has the last word.</summary>
internal sealed class RequestBinder(RestRule rule, RoutePath path, WellKnownJson wellKnown, int? limit)
{
    private readonly FieldPath? _etag = EtagRule.InRequest(rule);

    public async Task<IMessage> BindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = WellKnown.Create(rule.Method.InputType);
        var violations = new Violations();
        if (rule.HasBody)
        {
            await BindBodyAsync(context, request, violations, cancellationToken);
        }
        else if (context.Request.ContentLength > 0)
        {
            violations.Add("", "takes no body.");
        }

        BindQuery(context.Request.Query, request, violations);
        BindPath(context, request, violations);
        if (_etag is not null && EtagField.FromIfMatch(context.Request) is { } etag)
        {
            _etag.Field.Accessor.SetValue(_etag.Container(request), etag);
        }

        return violations.Any ? throw violations.ToError() : request;
    }

    private async Task BindBodyAsync(HttpContext context, IMessage request, Violations violations, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(context, limit, cancellationToken);
        if (body.WrittenCount == 0)
        {
            return;
        }

        var reader = new JsonMessageReader(body.WrittenMemory, wellKnown.Parser, violations);
        try
        {
            if (rule.BodyField is null)
            {
                reader.ReadInto(request);
            }
            else
            {
                reader.ReadInto(request, rule.BodyField);
            }
        }
        catch (JsonException broken)
        {
            throw RichStatus.Create(
                StatusCode.InvalidArgument,
                $"The body is not valid JSON: {SentenceOf(broken)}",
                new Google.Rpc.ErrorInfo { Reason = "MALFORMED_JSON", Domain = RichStatus.Domain });
        }
    }

    private void BindQuery(IQueryCollection query, IMessage request, Violations violations)
    {
        foreach (var (name, values) in query)
        {
            if (FieldPath.TryParse(rule.Method.InputType, name) is not { } field || (rule.HasBody && rule.BodyField is null) || IsBoundElsewhere(field))
            {
                violations.Add(name, "is not a known query parameter.");
                continue;
            }

            if (!field.Field.IsRepeated && values.Count > 1)
            {
                violations.Add(name, "is given more than once.");
                continue;
            }

            foreach (var value in values)
            {
                Set(request, field, value ?? "", violations);
            }
        }
    }

    private void BindPath(HttpContext context, IMessage request, Violations violations)
    {
        for (var i = 0; i < rule.PathFields.Count; i++)
        {
            Set(request, rule.PathFields[i], path.Read(context, i), violations);
        }
    }

    private bool IsBoundElsewhere(FieldPath field) =>
        rule.PathFields.Any(p => p.Field == field.Field && p.Parents.SequenceEqual(field.Parents))
        || (rule.BodyField is not null && (field.Parents.Count > 0 ? field.Parents[0] : field.Field) == rule.BodyField);

    private static void Set(IMessage request, FieldPath field, string text, Violations violations)
    {
        if (TextValues.Parse(field.Field, text, out var problem) is not { } value)
        {
            violations.Add(field.Name, problem);
            return;
        }

        var container = field.Container(request);
        if (field.Field.IsRepeated)
        {
            ((IList)field.Field.Accessor.GetValue(container)).Add(value);
        }
        else
        {
            field.Field.Accessor.SetValue(container, value);
        }
    }

    /// <summary>The reader's own sentence without the position it appends, which is given as line and column counted from one.</summary>
    private static string SentenceOf(JsonException broken)
    {
        var end = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = end < 0 ? broken.Message : broken.Message[..end];
        return $"{sentence} (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1})";
    }
}
