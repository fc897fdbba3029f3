using Ecosystem.Authz.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.ServiceDefaults.Authorization;

/// <summary>
/// Enforces the rule that every method declares in its contract (<c>ecosystem.authz.v1.rule</c>) before the handler runs,
/// for gRPC and for REST. A method without a rule is closed to everybody.
/// </summary>
internal sealed class AccessRuleInterceptor(AccessRules rules) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Demand(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Demand(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Demand(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Demand(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Demand(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var caller = http.GetCaller();
        if (TokenProblem.Of(http) is { } problem)
        {
            throw Unauthenticated(problem);
        }

        var rule = rules.Of(context.Method, http.GetEndpoint())
            ?? throw RichStatus.PermissionDenied("NO_ACCESS_RULE", $"The contract of {context.Method} says nothing about who may call it, so nobody may.");
        if (rule.Public)
        {
            return;
        }

        if (caller.IsAnonymous)
        {
            throw Unauthenticated(TokenProblem.Missing);
        }

        if (!rule.Roles.Any(caller.Has))
        {
            throw Forbidden(rule);
        }
    }

    private static RpcException Unauthenticated(TokenProblem problem) => problem.IsOurs
        ? RichStatus.Unavailable(problem.Reason, problem.Sentence)
        : RichStatus.Unauthenticated(problem.Reason, problem.Sentence);

    private static RpcException Forbidden(Rule rule) => RichStatus.PermissionDenied(
        "ROLE_MISSING",
        $"This call needs the permission '{rule.Permission}', which comes with the role {string.Join(" or ", rule.Roles)}. Your token has no such role.",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["permission"] = rule.Permission, ["roles"] = string.Join(",", rule.Roles) });
}
