using Ecosystem.Grpc.Server.Binding;
using Ecosystem.Grpc.Server.Hosting;
using Ecosystem.Grpc.Transcoding.Calls;
using Ecosystem.Grpc.Transcoding.Rules;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
                .WithMetadata(new HttpMethodMetadata(VerbsOf(rule, method)))
                .Describe(method, $"REST - {rule.Verb} {rule.Path}");
        }
    }

    /// <summary>What can be got can also be asked for without its body (RFC 9110, section 9.3.2); the server leaves it out by itself.</summary>
    private static string[] VerbsOf(RestRule rule, BoundMethod method) =>
        rule.Verb == HttpMethods.Get && method.Method.Type == MethodType.Unary ? [HttpMethods.Get, HttpMethods.Head] : [rule.Verb];
}
