using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Rules;

/// <summary>Where a method has the field <c>etag</c> of AIP-154, which HTTP has headers for.</summary>
internal static class EtagRule
{
    private const string Name = "etag";

    /// <summary>Where <c>If-Match</c> goes: a field <c>etag</c> of the request, or of the resource in its body.</summary>
    public static FieldPath? InRequest(RestRule rule) =>
        IsEtag(rule.Method.InputType.FindFieldByName(Name)) ? FieldPath.Parse(rule.Method.InputType, Name)
        : rule.BodyField is { FieldType: FieldType.Message, IsRepeated: false } body && IsEtag(body.MessageType.FindFieldByName(Name))
            ? FieldPath.Parse(rule.Method.InputType, $"{body.Name}.{Name}")
        : null;

    /// <summary>The field of a response that is its <c>ETag</c>.</summary>
    public static FieldDescriptor? InResponse(MethodDescriptor method) =>
        !method.IsServerStreaming && method.OutputType.FindFieldByName(Name) is { } field && IsEtag(field) ? field : null;

    private static bool IsEtag(FieldDescriptor? field) => field is { FieldType: FieldType.String, IsRepeated: false };
}
