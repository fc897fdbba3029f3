using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Events.V1;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Decision = Ecosystem.Policy.V1.Decision;

namespace Ecosystem.Policy.Decisions;

/// <summary>Decides one use. The count of uses, the ledger entry and the event are saved together with the decision, or not at all.</summary>
internal sealed class Decide(LedgerLog ledger, UseRules rules, IIdSource ids, TimeProvider time)
{
    private const int LongestTerm = 500;

    public Task<Decision> HandleAsync(DecideRequest request, Caller caller, CancellationToken ct)
    {
        Check(request);
        var use = new Use(request.AgreementId, request.DataAssetId, ActionIri(request.Action), request.Purpose);
        return ledger.ChangeAsync(transaction => DecideAsync(use, caller, transaction, ct), ct);
    }

    private async Task<Decision> DecideAsync(Use use, Caller caller, LedgerTransaction transaction, CancellationToken ct)
    {
        var session = transaction.Session;
        var now = time.GetUtcNow();
        var agreement = (await session.LoadAsync<AgreementDocument>(use.AgreementId, ct))?.Agreement;
        var offer = agreement is null ? null : await session.LoadAsync<OfferDocument>(agreement.DataAssetId, ct);
        var count = await session.LoadAsync<UseCountDocument>(use.AgreementId, ct) ?? new UseCountDocument { AgreementId = use.AgreementId };
        var (permitted, reasons, duties) = rules.Judge(use, caller, agreement, offer?.Identifier, count.Uses, now);
        if (permitted)
        {
            count.Uses++;
            session.Store(count);
        }

        var decision = new Decision { Id = ids.Next(), Permitted = permitted, Reasons = { reasons }, Time = now.ToTimestamp() };
        decision.Duties.AddRange(duties);
        decision.LedgerIndex = transaction.Append(new LedgerRecord
        {
            Kind = permitted ? "USE_PERMITTED" : "USE_REFUSED",
            Time = decision.Time,
            DataAssetId = use.DataAssetId,
            AgreementId = use.AgreementId,
            HolderId = agreement?.Assigner.Id ?? "",
            UserId = caller.Organisation,
            DecisionId = decision.Id,
            Action = use.Action,
            Purpose = use.Purpose,
            Reasons = { reasons.Select(reason => reason.Code) },
            PolicySha256 = agreement?.PolicySha256 ?? "",
            Subject = caller.Subject,
        });
        session.Publish(
            new UseDecided
            {
                DecisionId = decision.Id,
                AgreementId = use.AgreementId,
                DataAssetId = use.DataAssetId,
                Permitted = permitted,
                Reasons = { reasons.Select(reason => reason.Code) },
                LedgerIndex = decision.LedgerIndex,
                Time = decision.Time,
            },
            use.AgreementId);
        return decision;
    }

    private static void Check(DecideRequest request)
    {
        (string Field, string Value, string Problem)[] required =
        [
            ("agreement_id", request.AgreementId, "Name the agreement that shall permit the use."),
            ("data_asset_id", request.DataAssetId, "Name the data asset."),
            ("action", request.Action, "State the ODRL action, for example 'use' or 'read'."),
            ("purpose", request.Purpose, "State the purpose as an IRI."),
        ];
        var violations = required.Where(field => string.IsNullOrWhiteSpace(field.Value)).Select(field => (field.Field, field.Problem))
            .Concat(required.Where(field => field.Value.Length > LongestTerm).Select(field => (field.Field, Problem: $"At most {LongestTerm} characters.")))
            .ToArray();
        if (violations.Length > 0)
            throw RichStatus.InvalidArgument("The question is incomplete.", violations);
    }

    private static string ActionIri(string action) => action switch
    {
        _ when action.StartsWith("odrl:", StringComparison.Ordinal) => OdrlTerms.Namespace + action["odrl:".Length..],
        _ when action.Contains(':', StringComparison.Ordinal) => action,
        _ => OdrlTerms.Namespace + action,
    };
}

/// <summary>A use somebody wants to make of data.</summary>
internal sealed record Use(string AgreementId, string DataAssetId, string Action, string Purpose);
