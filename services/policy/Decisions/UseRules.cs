using Ecosystem.Odrl;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Duty = Ecosystem.Policy.V1.Duty;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Decisions;

/// <summary>Whether a use is permitted: first by the agreement, then by the terms it was concluded for. What neither permits is denied.</summary>
internal sealed class UseRules(PolicyText policies)
{
    /// <summary>What is known of a use when it is decided.</summary>
    public static IReadOnlySet<string> Decidable { get; } =
        new HashSet<string>(StringComparer.Ordinal) { OdrlTerms.Purpose, OdrlTerms.Count, OdrlTerms.DateTime, OdrlTerms.Recipient, KnownFact.Consent };

    public Judgement Judge(Use use, Caller caller, AgreementDocument? document, string? assetIdentifier, IReadOnlyList<KnownFact> facts, long usesSoFar, DateTimeOffset now)
    {
        if (document?.Agreement is not { } agreement || caller.Organisation.Length == 0 || agreement.Assignee.Id != caller.Organisation)
            return Judgement.Refused("NOT_THE_ASSIGNEE", new($"Es gibt keine Vereinbarung „{use.AgreementId}“, nach der Ihre Organisation Daten nutzen darf.", $"There is no agreement '{use.AgreementId}' under which your organisation may use data."));
        if (NotInForce(document, now) is { } why)
            return Judgement.Refused(why.Code, why.Sentence);
        if (use.DataAssetId != agreement.DataAssetId)
            return Judgement.Refused("ASSET_NOT_COVERED", new("Die Vereinbarung gilt für einen anderen Datenbestand.", "The agreement is about another data asset."));
        if (PolicyText.Sha256(agreement.PolicyJson) != agreement.PolicySha256)
            return Judgement.Refused("POLICY_CHANGED", new("Die Bedingungen stimmen nicht mehr mit denen überein, für die die Vereinbarung geschlossen wurde.", "The terms are no longer those that the agreement was concluded for."));
        var concepts = ConceptHierarchy.Standard;
        if (concepts.IsA(use.Purpose, agreement.Purpose) is not Knowledge.True)
        {
            var (asked, agreed) = (concepts.LabelOf(use.Purpose), concepts.LabelOf(agreement.Purpose));
            return Judgement.Refused("PURPOSE_NOT_ALLOWED", new($"Vereinbart ist der Zweck „{agreed.German}“, nicht „{asked.German}“.", $"The agreed purpose is '{agreed.English}', not '{asked.English}'."));
        }

        return ByTerms(use, agreement, assetIdentifier, facts, usesSoFar, now);
    }

    private Judgement ByTerms(Use use, Agreement agreement, string? assetIdentifier, IReadOnlyList<KnownFact> facts, long usesSoFar, DateTimeOffset now)
    {
        var user = agreement.Assignee.Id;
        var request = new UsageRequest(use.Action) { Target = use.DataAssetId, Assignee = user }.For(use.Purpose);
        var (ofUse, ofUser) = (ValuesOf(use, facts, aboutUser: false), ValuesOf(use, facts, aboutUser: true));
        foreach (var (leftOperand, values) in ofUse)
            request = request.Stating(leftOperand, values);
        var world = new StateOfTheWorld(now)
        {
            Observations = new Dictionary<string, Sequence<OdrlValue>>(StringComparer.Ordinal) { [OdrlTerms.Count] = [OdrlValue.Number(usesSoFar + 1)] },
            Properties = new Dictionary<string, IReadOnlyDictionary<string, Sequence<OdrlValue>>>(StringComparer.Ordinal) { [user] = ofUser },
            Memberships = [.. Names(use, user, assetIdentifier)],
        };
        var policy = policies.Read(agreement.PolicyJson);
        var decision = PolicyEvaluator.Evaluate(policy, request, world);
        var reasons = ReasonCodes.Of(decision, facts).Select(reason => new Reason { Code = reason.Code, Sentence = reason.Sentence.Localized() });
        return new(decision.IsPermitted, [.. reasons], decision.IsPermitted ? [.. DutiesOf(decision, policy)] : []);
    }

    private static IEnumerable<Duty> DutiesOf(Odrl.Decision decision, OdrlPolicy policy)
    {
        var used = policy.Permissions.Zip(decision.Report.Rules).FirstOrDefault(rule => rule.Second.Activation is ActivationState.Active).First;
        return decision.Duties.SelectMany(due => due.Duty.Actions.Select(action => ConnectorTerms.Present(due, action)))
            .Concat(used is null ? [] : ConnectorTerms.DutiesOf(used));
    }

    // Terms are written before the asset has its id, and by people to whom organisations have IRIs.
    private static IEnumerable<Membership> Names(Use use, string user, string? assetIdentifier)
    {
        yield return new(use.DataAssetId, $"urn:uuid:{use.DataAssetId}");
        if (assetIdentifier is { Length: > 0 } own)
            yield return new(use.DataAssetId, own);
        yield return new(user, $"urn:ecosystem:organisation:{user}");
        yield return new(user, ConnectorTerms.Alliance);
    }

    /// <summary>What is known from elsewhere goes before what the connector states, also where it is not known after all.</summary>
    private static Dictionary<string, Sequence<OdrlValue>> ValuesOf(Use use, IReadOnlyList<KnownFact> facts, bool aboutUser)
    {
        var values = use.Statements.Where(statement => statement.About is Statement.Types.Subject.User == aboutUser)
            .GroupBy(statement => statement.LeftOperand, StringComparer.Ordinal)
            .ToDictionary(stated => stated.Key, stated => stated.SelectMany(statement => statement.ValuesOf()).ToSequence(), StringComparer.Ordinal);
        foreach (var fact in facts.Where(fact => fact.IsAboutUser == aboutUser))
            values[fact.LeftOperand] = fact.ToValues();
        return values;
    }

    /// <summary>Whether the terms permit no further use, whoever asks for what.</summary>
    public bool IsUsedUp(AgreementDocument document, long uses) => PolicyLimits.IsUsedUp(policies.Read(document.Agreement.PolicyJson), uses);

    /// <summary>Why no use is permitted under an agreement, or null when its terms decide.</summary>
    public static (string Code, Sentence Sentence)? NotInForce(AgreementDocument document, DateTimeOffset now)
    {
        const string NotInForce = "AGREEMENT_NOT_IN_FORCE";
        var agreement = document.Agreement;
        if (agreement.IsOver(now) || agreement.State is State.Expired)
            return (NotInForce, new("Der vereinbarte Zeitraum ist vorbei.", "The agreed period is over."));
        if (agreement.State is State.Agreed && document.TermsEnd <= now)
            return (AgreementEnd.TimeOver, AgreementEnd.SentenceOf(AgreementEnd.TimeOver));
        if (agreement.State is State.Suspended)
            return (document.SuspensionCode, AgreementEnd.SentenceOf(document.SuspensionCode));
        if (agreement.State is State.Revoked)
            return (NotInForce, new("Die Vereinbarung wurde widerrufen.", "The agreement was revoked."));
        if (agreement.State is not State.Agreed)
            return (NotInForce, new($"Die Vereinbarung ist nicht geschlossen ({AgreementState.Name(agreement.State)}).", $"The agreement is not concluded ({AgreementState.Name(agreement.State)})."));
        return now < agreement.Period.Start.ToDateTimeOffset()
            ? (NotInForce, new("Der vereinbarte Zeitraum hat noch nicht begonnen.", "The agreed period has not begun yet."))
            : null;
    }
}

/// <summary>What the rules found.</summary>
internal sealed record Judgement(bool Permitted, IReadOnlyList<Reason> Reasons, IReadOnlyList<Duty> Duties)
{
    public static Judgement Refused(string code, Sentence sentence) => new(false, [new Reason { Code = code, Sentence = sentence.Localized() }], []);
}
