using Ecosystem.Grpc;
using Ecosystem.Search;
using Ecosystem.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecosystem.Catalog.Rules;

/// <summary>Says in the terms of the contract what the store and the index refuse.</summary>
internal sealed class StorageFailures : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (ConcurrencyException conflict) when (conflict.CurrentEtag is null)
        {
            throw RichStatus.NotFound("It was deleted while you changed it.");
        }
        catch (ConcurrencyException conflict)
        {
            throw RichStatus.Aborted(
                "ETAG_MISMATCH",
                "Somebody else changed it first. Read it again, and send your change with its current etag.",
                new Dictionary<string, string> { ["etag"] = conflict.CurrentEtag! });
        }
        catch (PageTokenException invalid)
        {
            throw RichStatus.InvalidArgument("The page cannot be read: one field must be mended.", ("page_token", invalid.Message));
        }
        catch (InvalidSearchQueryException invalid)
        {
            string field = invalid.Member switch
            {
                nameof(SearchQuery.PageToken) => "page_token",
                nameof(SearchQuery.PageSize) => "page_size",
                _ => "query",
            };
            throw RichStatus.InvalidArgument("The search cannot be answered: one field must be mended.", (field, invalid.Message));
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
