using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>The library's reader and writer for messages with a JSON form of their own; they know the types an Any may hold here.</summary>
internal sealed class WellKnownJson
{
    private readonly List<FileDescriptor> _files =
    [
        Google.Rpc.StatusReflection.Descriptor,
        Google.Rpc.ErrorDetailsReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.WrappersReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.StructReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.TimestampReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.DurationReflection.Descriptor,
    ];

    public WellKnownJson() => (Parser, Formatter) = Build();

    public JsonParser Parser { get; private set; }

    public JsonFormatter Formatter { get; private set; }

    /// <summary>Lets an Any hold the messages of a file and of those it imports.</summary>
    public void Add(FileDescriptor file)
    {
        if (!_files.Contains(file))
        {
            _files.Add(file);
            (Parser, Formatter) = Build();
        }
    }

    private (JsonParser Parser, JsonFormatter Formatter) Build()
    {
        var types = TypeRegistry.FromFiles(_files);
        return (
            new JsonParser(new JsonParser.Settings(Json.JsonMessageReader.MaxDepth, types)),
            new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(types)));
    }
}
