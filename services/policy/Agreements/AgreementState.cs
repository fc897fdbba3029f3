using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Where an agreement stands, who has to act next, and what that allows.</summary>
internal static class AgreementState
{
    /// <summary>States from which something can still happen.</summary>
    public static IReadOnlyList<State> Open { get; } = [State.Requested, State.Reviewed, State.Agreed];

    public static bool IsOver(this Agreement agreement, DateTimeOffset now) =>
        Open.Contains(agreement.State) && agreement.Period.End.ToDateTimeOffset() <= now;

    public static LocalizedText? Awaits(Agreement agreement) => agreement.State switch
    {
        State.Requested => Text(
            "Wartet auf die rechtliche Prüfung durch eine Stelle, die weder anfragt noch die Daten hält.",
            "Awaits the legal review by a body that neither asks for the data nor holds them."),
        State.Reviewed => Text(
            $"Wartet auf die Bestätigung durch {agreement.Assigner.Name}.",
            $"Awaits the confirmation by {agreement.Assigner.Name}."),
        _ => null,
    };

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

    private static LocalizedText Text(string german, string english) => new() { Values = { ["de"] = german, ["en"] = english } };
}
