namespace Ecosystem.InteropPeer.Server;

/// <summary>Bytes of the request body, as they came over the wire.</summary>
internal sealed class RequestBytes
{
    public long Count { get; private set; }

    /// <summary>Middleware that counts.</summary>
    public static Task CountAsync(HttpContext context, RequestDelegate next)
    {
        var counted = new RequestBytes();
        context.Features.Set(counted);
        context.Request.Body = new CountingStream(context.Request.Body, onRead: count => counted.Count += count);
        return next(context);
    }

    /// <summary>Whether that many bytes are what messages of these sizes need.</summary>
    public bool Fits(long plain, long compressed) => Count >= plain && (compressed == 0 || Count < plain + compressed / 2);
}
