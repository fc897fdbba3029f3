using Ecosystem.Grpc.Server.Binding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Ecosystem.Grpc.Transcoding;

internal sealed class RestRoutes
{
    private readonly IEndpointConventionBuilder[] _none = [];

    public IEnumerable<IEndpointConventionBuilder> Map(IEndpointRouteBuilder builder, BoundMethod method) => _none;
}
