using Ecosystem.Grpc;
using Grpc.Core;

namespace Ecosystem.Matching.Rules;

/// <summary>Refusals that several capabilities share.</summary>
internal static class Refusals
{
    public static RpcException Unknown(string kind, string id) => RichStatus.NotFound($"There is no {kind} '{FieldRules.Shorten(id)}'.");

    public static RpcException WrongState<TState>(string kind, TState state, string needed)
        where TState : struct, Enum => RichStatus.Create(
            StatusCode.FailedPrecondition,
            $"The {kind} is {state}; {needed}.",
            new Google.Rpc.ErrorInfo { Reason = "WRONG_STATE", Domain = RichStatus.Domain, Metadata = { ["state"] = state.ToString() } });

    public static RpcException NoProfile(string kind, string id, string remedy) => RichStatus.NotFound(
        $"Matching does not know the {kind} {FieldRules.Shorten(id)}. {remedy}; if you just did, the news is still on its way: try again in a moment.",
        "NO_PROFILE",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = FieldRules.Shorten(id) });
}
