using Ecosystem.Grpc;
using Ecosystem.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecosystem.Policy;

/// <summary>Callers of this contract send no etag: who loses has been tried again here a hundred times, and may simply repeat the call.</summary>
internal sealed class TooManyWriters : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (ConcurrencyException)
        {
            throw RichStatus.Aborted("TOO_MANY_WRITERS", "Others were faster too often. Nothing was changed; try again.");
        }
    }
}
