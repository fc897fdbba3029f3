using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>Options of all services, or of one. The shape is Grpc.AspNetCore's.</summary>
public class GrpcServiceOptions
{
    internal const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    private int? _maxReceiveMessageSize = DefaultMaxReceiveMessageSize;
    private int? _maxSendMessageSize;

    /// <summary>Largest received message in bytes, after decompression. Default 4 MiB; null is no limit.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            HasMaxReceiveMessageSize = true;
        }
    }

    /// <summary>Largest sent message in bytes, before compression. Default null: no limit.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            HasMaxSendMessageSize = true;
        }
    }

    /// <summary>Whether the text of an unexpected exception reaches the caller. Default false; for development only.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding of responses: <c>gzip</c>, or null (default) for none unless a handler asks for it.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard responses are compressed. Default <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Interceptors of calls, the first one outermost.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool HasMaxReceiveMessageSize { get; private set; }

    internal bool HasMaxSendMessageSize { get; private set; }
}

/// <summary>Options of one service; what is not set here follows the options of all.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;
