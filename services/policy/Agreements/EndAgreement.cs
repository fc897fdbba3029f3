using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Ends an agreement, or interrupts it: withdrawn by who asked, suspended and resumed by the holder, revoked for good.</summary>
internal sealed class EndAgreement(LedgerLog ledger, OpenAgreements agreements, TimeProvider time)
{
    private const int LongestReason = 4000;

    public Task<AgreementDocument> WithdrawAsync(WithdrawAgreementRequest request, Caller caller, CancellationToken ct)
    {
        var reason = Reason(request.Reason);
        return ChangeAsync(
            transaction => agreements.LoadAsRequesterAsync(request.Id, caller, transaction, ct),
            State.Refused, caller, reason, ct, State.Requested, State.Reviewed, State.Countered);
    }

    public Task<AgreementDocument> SuspendAsync(SuspendAgreementRequest request, Caller caller, CancellationToken ct)
    {
        var reason = Reason(request.Reason);
        return ChangeAsync(
            async transaction =>
            {
                var document = await agreements.LoadAsHolderAsync(request.Id, caller, transaction, ct);
                document.SuspensionCode = AgreementEnd.ByHolder;
                return document;
            },
            State.Suspended, caller, reason, ct, State.Agreed);
    }

    public Task<AgreementDocument> ResumeAsync(ResumeAgreementRequest request, Caller caller, CancellationToken ct) => ledger.ChangeAsync(
        async transaction =>
        {
            var document = await agreements.LoadAsHolderAsync(request.Id, caller, transaction, ct);
            document.Agreement.Demand(State.Suspended);
            document.Agreement.DemandAssigned(caller, time.GetUtcNow());
            if (document.SuspensionCode != AgreementEnd.ByHolder)
                throw RichStatus.FailedPrecondition("TERMS_AT_AN_END", $"{AgreementEnd.SentenceOf(document.SuspensionCode).English} It takes a renewal.");
            document.MoveTo(State.Agreed, caller.Organisation, caller.Subject, request.Comment.Trim(), time.GetUtcNow(), transaction, "AGREEMENT_RESUMED");
            return document;
        },
        ct);

    public Task<AgreementDocument> RevokeAsync(RevokeAgreementRequest request, Caller caller, CancellationToken ct)
    {
        var reason = Reason(request.Reason);
        return ChangeAsync(
            async transaction =>
            {
                if (!caller.Has("reviewer"))
                    return await agreements.LoadAsHolderAsync(request.Id, caller, transaction, ct);
                var document = await agreements.LoadAsync(request.Id, caller, transaction, ct);
                ReviewAgreement.Demand(document, caller);
                return document;
            },
            State.Revoked, caller, reason, ct, State.Agreed, State.Suspended);
    }

    private Task<AgreementDocument> ChangeAsync(
        Func<LedgerTransaction, Task<AgreementDocument>> load, State state, Caller caller, string reason, CancellationToken ct, params State[] from) => ledger.ChangeAsync(
        async transaction =>
        {
            var document = await load(transaction);
            document.Agreement.Demand(from);
            document.MoveTo(state, caller.Organisation, caller.Subject, reason, time.GetUtcNow(), transaction);
            return document;
        },
        ct);

    private static string Reason(string reason) => reason.Trim().Length is > 0 and <= LongestReason
        ? reason.Trim()
        : throw RichStatus.InvalidArgument("This step needs its reason.", ("reason", $"Say why, in at most {LongestReason} characters."));
}
