using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Policy.Agreements;

/// <summary>Gives what waits to a person and a deputy, and may move the deadline.</summary>
internal sealed class AssignAgreement(LedgerLog ledger, OpenAgreements agreements, TimeProvider time)
{
    private const int LongestSubject = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public Task<AgreementDocument> HandleAsync(AssignAgreementRequest request, Caller caller, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        Check(request, now);
        return ledger.ChangeAsync(
            async transaction =>
            {
                var document = await agreements.LoadAsync(request.Id, caller, transaction, ct);
                var agreement = document.Agreement;
                agreement.Demand([.. AgreementState.Waiting]);
                agreement.Waits ??= AgreementWaiting.Of(document, now)!;
                Demand(document, caller);
                string[] subjects = [.. new[] { request.Subject.Trim(), request.DeputySubject.Trim() }.Where(subject => subject.Length > 0).Distinct(StringComparer.Ordinal)];
                if (agreement.Waits.Role != AgreementWaiting.Requester && subjects.Contains(document.RequesterSubject))
                    throw AgreementState.SelfApproval("Who made the request can neither review nor confirm it.");
                agreement.Waits.Subjects.Clear();
                agreement.Waits.Subjects.Add(subjects);
                agreement.Waits.Deadline = request.Deadline ?? agreement.Waits.Deadline;
                document.Announce("AGREEMENT_ASSIGNED", caller.Subject, now, transaction);
                return document;
            },
            ct);
    }

    private static void Demand(AgreementDocument document, Caller caller)
    {
        var waits = document.Agreement.Waits;
        if (waits.Role != AgreementWaiting.Reviewer)
        {
            if (waits.OrganisationId != caller.Organisation)
                throw RichStatus.PermissionDenied("NOT_YOURS_TO_ASSIGN", $"Only {waits.OrganisationId} can assign what waits for it.");
            return;
        }

        if (!caller.Has("reviewer"))
            throw RichStatus.PermissionDenied("NOT_YOURS_TO_ASSIGN", "Only reviewers can assign a review.");
        ReviewAgreement.Demand(document, caller);
    }

    private static void Check(AssignAgreementRequest request, DateTimeOffset now)
    {
        var violations = new List<(string Field, string Problem)>();
        if (request.Subject.Trim().Length is 0 or > LongestSubject)
            violations.Add(("subject", "Name who shall act, by the pseudonym of the identity provider."));
        if (request.DeputySubject.Length > LongestSubject)
            violations.Add(("deputy_subject", $"At most {LongestSubject} characters."));
        if (request.Deadline?.ToDateTimeOffset() is { } deadline && (deadline <= now || deadline > now + Longest))
            violations.Add(("deadline", $"Between now and {Longest.Days} days from now."));
        if (violations.Count > 0)
            throw RichStatus.InvalidArgument("The assignment is incomplete.", [.. violations]);
    }
}
