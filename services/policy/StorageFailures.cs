using Ecosystem.Grpc;
using Ecosystem.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecosystem.Policy;

/// <summary>Says in the terms of the contract what the store refuses.</summary>
internal sealed class StorageFailures : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (PageTokenException invalid)
        {
            throw RichStatus.InvalidArgument("The page cannot be read.", ("page_token", invalid.Message));
        }
        catch (ConcurrencyException)
        {
            throw RichStatus.Aborted("TOO_MANY_WRITERS", "Others were faster too often. Nothing was changed; try again.");
        }
        catch (EventTooLargeException large)
        {
            throw RichStatus.InvalidArgument($"It is too large: others hear of it in one message of at most {large.Largest} bytes, and this would be {large.Size}.");
        }
        catch (StoreUnavailableException unavailable)
        {
            throw RichStatus.Unavailable("STORE_UNAVAILABLE", unavailable.Message);
        }
    }
}
