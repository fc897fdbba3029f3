using Ecosystem.Grpc;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Events.V1;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Decision = Ecosystem.Policy.V1.Decision;

namespace Ecosystem.Policy.Decisions;

/// <summary>Decides one use. The count of uses, the ledger entry and the event are saved together with the decision, or not at all.</summary>
internal sealed class Decide : IDisposable
{
    public const string UsePermitted = "USE_PERMITTED";
    public const string UseRefused = "USE_REFUSED";

    private readonly LedgerLog _ledger;
    private readonly UseRules _rules;
    private readonly InformationGathering _gathering;
    private readonly OwnFacts _own;
    private readonly IIdSource _ids;
    private readonly TimeProvider _time;
    private readonly DecisionQueue _queue;

    public Decide(LedgerLog ledger, UseRules rules, InformationGathering gathering, OwnFacts own, IIdSource ids, TimeProvider time)
    {
        (_ledger, _rules, _gathering, _own, _ids, _time) = (ledger, rules, gathering, own, ids, time);
        _queue = new(questions => DecideAsync(questions, CancellationToken.None));
    }

    public async Task<Decision> HandleAsync(DecideRequest request, Caller caller, CancellationToken ct) =>
        await _queue.DecideAsync(await _gathering.CompleteAsync(Question.Of(request, caller), ct), ct);

    /// <summary>Decides in the order given, all in one transaction.</summary>
    public async Task<IReadOnlyList<Decision>> HandleAsync(IReadOnlyList<Question> questions, CancellationToken ct) =>
        await DecideAsync(await Task.WhenAll(questions.Select(question => _gathering.CompleteAsync(question, ct))), ct);

    public void Dispose() => _queue.Dispose();

    private Task<IReadOnlyList<Decision>> DecideAsync(IReadOnlyList<Question> questions, CancellationToken ct) => _ledger.ChangeAsync<IReadOnlyList<Decision>>(
        async transaction =>
        {
            var decisions = new List<Decision>(questions.Count);
            foreach (var question in questions)
                decisions.Add(await DecideAsync(question, transaction, ct));
            return decisions;
        },
        ct);

    private async Task<Decision> DecideAsync(Question question, LedgerTransaction transaction, CancellationToken ct)
    {
        var (use, caller) = question;
        var session = transaction.Session;
        var now = _time.GetUtcNow();
        var document = await session.LoadAsync<AgreementDocument>(use.AgreementId, ct);
        var agreement = document?.Agreement;
        var offer = agreement is null ? null : await session.LoadAsync<OfferDocument>(agreement.DataAssetId, ct);
        var count = await session.LoadAsync<UseCountDocument>(use.AgreementId, ct) ?? new UseCountDocument { AgreementId = use.AgreementId };
        IReadOnlyList<KnownFact> facts = agreement is null ? [] : [.. question.Facts, .. await _own.OfAsync(use, caller, agreement, now, session, ct)];
        var (permitted, reasons, duties) = _rules.Judge(use, caller, document, offer?.Identifier, facts, count.Uses, now);
        if (permitted)
        {
            count.Uses++;
            session.Store(count);
        }

        var decision = new Decision { Id = _ids.Next(), Permitted = permitted, Reasons = { reasons }, Time = now.ToTimestamp() };
        decision.Duties.AddRange(duties);
        decision.LedgerIndex = transaction.Append(new LedgerRecord
        {
            Kind = permitted ? UsePermitted : UseRefused,
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
            Duties = { duties.Select(duty => duty.Action) },
            Statements = { use.Statements },
            Facts = { facts.Select(fact => fact.ToRecord()) },
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
        if (permitted && _rules.IsUsedUp(document!, count.Uses))
            document!.SuspendAsUsedUp(now, transaction);
        return decision;
    }
}
