using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Policy.V1.Agreement.Types.State;
using Waiting = Ecosystem.Policy.V1.Agreement.Types.Waiting;

namespace Ecosystem.Policy.Agreements;

/// <summary>Who has to act next, until when, and why: so that nothing gets stuck where nobody looks.</summary>
internal static class AgreementWaiting
{
    public const string Reviewer = "reviewer";
    public const string Holder = "data-holder";
    public const string Requester = "requester";

    // A health data access body has three months to decide on a permit; parties among themselves need not take so long.
    private static readonly TimeSpan Review = TimeSpan.FromDays(90);
    private static readonly TimeSpan Answer = TimeSpan.FromDays(30);

    public static Waiting? Of(AgreementDocument document, DateTimeOffset since) => Of(document.Agreement, document.SuspensionCode, since);

    private static Waiting? Of(Agreement agreement, string suspension, DateTimeOffset since) => agreement.State switch
    {
        State.Requested when agreement.OpenReview() is { } review => Until(since, Review / agreement.Reviews.Count, Reviewer, "", Text(
            $"Wartet auf die {AgreementReview.Name(review.Stage).German} durch eine Stelle, die weder anfragt noch die Daten hält.",
            $"Awaits the {AgreementReview.Name(review.Stage).English} by a body that neither asks for the data nor holds them.")),
        State.Reviewed => Until(since, Answer, Holder, agreement.Assigner.Id, Text(
            $"Wartet auf die Bestätigung durch {agreement.Assigner.Name}.",
            $"Awaits the confirmation by {agreement.Assigner.Name}.")),
        State.Countered => Until(since, Answer, Requester, agreement.Assignee.Id, Text(
            $"Wartet darauf, dass {agreement.Assignee.Name} den Gegenvorschlag annimmt oder zurückzieht.",
            $"Awaits that {agreement.Assignee.Name} accepts the counter-offer or withdraws.")),
        State.Suspended when suspension == AgreementEnd.ByHolder => Until(since, Shorter(Answer, Left(agreement, since)), Holder, agreement.Assigner.Id, Text(
            $"Wartet darauf, dass {agreement.Assigner.Name} die ausgesetzte Vereinbarung fortsetzt oder widerruft.",
            $"Awaits that {agreement.Assigner.Name} resumes or revokes the suspended agreement.")),
        State.Suspended => Until(since, Left(agreement, since), Requester, agreement.Assignee.Id, Text(
            $"{AgreementEnd.SentenceOf(suspension).German} {agreement.Assignee.Name} kann eine Verlängerung anfragen; sonst endet die Vereinbarung mit ihrem Zeitraum.",
            $"{AgreementEnd.SentenceOf(suspension).English} {agreement.Assignee.Name} can ask for a renewal; otherwise the agreement ends with its period.")),
        _ => null,
    };

    public static bool IsOverdue(this Waiting waits, DateTimeOffset now) => waits.Deadline.ToDateTimeOffset() <= now;

    /// <summary>What is assigned to somebody, others leave alone until the deadline is over; then anybody of the role can act.</summary>
    public static void DemandAssigned(this Agreement agreement, Caller caller, DateTimeOffset now)
    {
        if (agreement.Waits is { Subjects.Count: > 0 } waits && !waits.Subjects.Contains(caller.Subject) && !waits.IsOverdue(now))
        {
            throw RichStatus.PermissionDenied(
                "ASSIGNED_TO_OTHERS", $"This is assigned to somebody else and their deputy until {waits.Deadline.ToDateTimeOffset():u}; then anybody who may do it can.");
        }
    }

    private static TimeSpan Left(Agreement agreement, DateTimeOffset since) => agreement.Period.End.ToDateTimeOffset() - since;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static Waiting Until(DateTimeOffset since, TimeSpan time, string role, string organisation, LocalizedText reason) => new()
    {
        Role = role,
        OrganisationId = organisation,
        Since = since.ToTimestamp(),
        Deadline = (since + time).ToTimestamp(),
        Reason = reason,
    };

    private static LocalizedText Text(string german, string english) => new() { Values = { ["de"] = german, ["en"] = english } };
}
