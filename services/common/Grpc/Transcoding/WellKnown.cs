using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding;

/// <summary>The messages that proto3 JSON gives a form of their own.</summary>
internal static class WellKnown
{
    public const string Any = "google.protobuf.Any";
    public const string Value = "google.protobuf.Value";
    public const string NullValue = "google.protobuf.NullValue";

    public static bool IsWellKnown(MessageDescriptor message) => message.FullName is
        Any or Value or "google.protobuf.Struct" or "google.protobuf.ListValue" or "google.protobuf.Timestamp"
        or "google.protobuf.Duration" or "google.protobuf.FieldMask" || IsWrapper(message);

    public static bool IsWrapper(MessageDescriptor message) =>
        message.File.Name == "google/protobuf/wrappers.proto";

    /// <summary>Whether text, as in a query parameter, can stand for the message.</summary>
    public static bool IsTextual(MessageDescriptor message) =>
        message.FullName is "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.FieldMask" || IsWrapper(message);

    public static IMessage Create(MessageDescriptor message) => message.Parser.ParseFrom(ByteString.Empty);
}
