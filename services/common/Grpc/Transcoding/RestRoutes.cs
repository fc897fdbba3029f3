using Ecosystem.Grpc.Server.Binding;
using Ecosystem.Grpc.Server.Hosting;
using Ecosystem.Grpc.Transcoding.Calls;
using Ecosystem.Grpc.Transcoding.Rules;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Transcoding;

/// <summary>Maps the REST doors of methods.</summary>
internal sealed class RestRoutes(MappedServices mapped, WellKnownJson wellKnown, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Grpc.Rest");

    public IEnumerable<IEndpointConventionBuilder> Map(IEndpointRouteBuilder builder, BoundMethod method)
    {
        if (method.Descriptor is null)
        {
            yield break;
        }

        wellKnown.Add(method.Descriptor.File);
        foreach (var rule in RestRule.Of(method.Descriptor))
        {
            if (method.Method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming)
            {
                throw new InvalidOperationException($"{method.Descriptor.FullName} has a google.api.http rule, but a stream of requests cannot come over REST.");
            }

            var path = new RoutePath(rule.Template);
            var handler = new RestCallHandler(method, rule, path, wellKnown, mapped.Time, _logger);
            yield return builder.Map(path.Pattern, handler.HandleAsync)
                .WithMetadata(new HttpMethodMetadata([rule.Verb]))
                .Describe(method, $"REST - {rule.Verb} {rule.Path}");
        }
    }
}
