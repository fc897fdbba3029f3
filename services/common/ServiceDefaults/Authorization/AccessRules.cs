using System.Collections.Concurrent;
using System.Reflection;
using Ecosystem.Authz.V1;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.ServiceDefaults.Authorization;

/// <summary>The access rule of every method, read once from its contract.</summary>
internal sealed class AccessRules
{
    /// <summary>
    /// Health and reflection are contracts of gRPC itself and cannot carry our rule. They say nothing that the published
    /// contracts do not, and probes have no token.
    /// </summary>
    private static readonly string[] Infrastructure = ["/grpc.health.v1.", "/grpc.reflection."];

    private static readonly Rule Public = new() { Public = true };

    private readonly ConcurrentDictionary<string, Rule?> _rules = new(StringComparer.Ordinal);

    /// <summary>The rule of the method that the endpoint serves, or null when the contract has none.</summary>
    /// <param name="method">The full name, <c>/package.Service/Method</c>.</param>
    /// <param name="endpoint">The endpoint that was selected for the call.</param>
    public Rule? Of(string method, Endpoint? endpoint) => _rules.GetOrAdd(method, Find, endpoint);

    private static Rule? Find(string method, Endpoint? endpoint) =>
        Array.Exists(Infrastructure, prefix => method.StartsWith(prefix, StringComparison.Ordinal))
            ? Public
            : DescriptorOf(endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>())?.GetOptions()?.GetExtension(RuleExtensions.Rule);

    /// <summary>Generated service bases carry an attribute that leads to the class with the service's descriptor.</summary>
    private static MethodDescriptor? DescriptorOf(GrpcMethodMetadata? served)
    {
        var contract = served?.ServiceType.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType;
        var service = contract?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
        return service?.FindMethodByName(served!.Method.Name);
    }
}
