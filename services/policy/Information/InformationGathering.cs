using Ecosystem.Odrl;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;

namespace Ecosystem.Policy.Information;

/// <summary>
/// Learns from the registered sources what the terms of a use depend on, before it is decided: a slow source holds up the uses that depend on it and no
/// others. Sources are asked for nothing else.
/// </summary>
internal sealed class InformationGathering(IDocumentStore store, InformationSources sources, InformationLookUp lookUp, PolicyText policies)
{
    private const int MostWanted = 100;

    public async Task<Question> CompleteAsync(Question question, CancellationToken ct)
    {
        var registered = await sources.AllAsync(ct);
        if (registered.Count == 0 || await FindAgreementAsync(question, ct) is not { } agreement)
            return question;
        var policy = policies.Read(agreement.PolicyJson);
        var needed = PolicyOperands.ConstraintsOf(policy).Select(constraint => constraint.LeftOperand).ToHashSet(StringComparer.Ordinal);
        var asked = InformationSources.For(agreement.Assigner.Id, registered).Where(answered => needed.Contains(answered.LeftOperand))
            .GroupBy(answered => answered.Source, answered => answered.LeftOperand);
        var facts = await Task.WhenAll(asked.Select(group => AskAsync(group.Key, [.. group.Order(StringComparer.Ordinal)], policy, agreement, question, ct)));
        return question with { Facts = [.. facts.SelectMany(facts => facts)] };
    }

    private async Task<Agreement?> FindAgreementAsync(Question question, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var agreement = (await session.LoadAsync<AgreementDocument>(question.Use.AgreementId, ct))?.Agreement;

        // Of agreements of others, no source shall learn that somebody asks about them.
        return agreement is not null && question.Caller.Organisation.Length > 0 && agreement.Assignee.Id == question.Caller.Organisation ? agreement : null;
    }

    private async Task<IEnumerable<KnownFact>> AskAsync(InformationSource source, List<string> operands, OdrlPolicy policy, Agreement agreement, Question question, CancellationToken ct)
    {
        var (use, caller) = (question.Use, question.Caller);
        var answer = await lookUp.AskAsync(
            source,
            new()
            {
                LeftOperands = { operands },
                UserId = caller.Organisation,
                Subject = caller.Subject,
                DataAssetId = agreement.DataAssetId,
                HolderId = agreement.Assigner.Id,
                AgreementId = agreement.Id,
                Purpose = use.Purpose,
                Wanted = { operands.SelectMany(operand => PolicyOperands.WantedOf(policy, operand)).Take(MostWanted) },
            },
            ct);
        return operands.Select(operand => new KnownFact(operand, source.About, answer.Values.GetValueOrDefault(operand, []))
        {
            SourceId = source.Id,
            Missing = answer.Problem ?? (answer.Values.ContainsKey(operand) ? null : Unknown(source, operand)),
        });
    }

    private static Sentence Unknown(InformationSource source, string operand)
    {
        var label = Labels.OfLeftOperand(operand);
        return new($"Die Quelle „{source.Title}“ weiß nichts darüber: {label.German}.", $"The source '{source.Title}' knows nothing of it: {label.English}.");
    }
}
