using Ecosystem.Grpc;
using Ecosystem.Search;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecosystem.Catalog.Rules;

/// <summary>Says in the terms of the contract what the index refuses.</summary>
internal sealed class SearchFailures : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
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
    }
}
