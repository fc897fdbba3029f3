using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Where an agreement stands and what that allows.</summary>
internal static class AgreementState
{
    /// <summary>States in which somebody has to act.</summary>
    public static IReadOnlyList<State> Waiting { get; } = [State.Requested, State.Reviewed, State.Countered, State.Suspended];

    /// <summary>States from which something can still happen.</summary>
    public static IReadOnlyList<State> Open { get; } = [.. Waiting, State.Agreed];

    public static bool IsOver(this Agreement agreement, DateTimeOffset now) =>
        Open.Contains(agreement.State) && agreement.Period.End.ToDateTimeOffset() <= now;

    public static void Demand(this Agreement agreement, params ReadOnlySpan<State> allowed)
    {
        if (!allowed.Contains(agreement.State))
        {
            throw RichStatus.FailedPrecondition(
                "WRONG_STATE",
                $"The agreement is {Name(agreement.State)}; this step needs it to be {string.Join(" or ", allowed.ToArray().Select(Name))}.",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["state"] = Name(agreement.State) });
        }
    }

    public static string Name(State state) => state.ToString().ToUpperInvariant();

    public static RpcException SelfApproval(string sentence) => RichStatus.PermissionDenied("SELF_APPROVAL", sentence);
}
