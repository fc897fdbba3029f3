using System.Security.Cryptography;
using Ecosystem.Catalog.V1;
using Ecosystem.Matching.V1;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace Ecosystem.AppHost.Demo;

/// <summary>The main job of the ecosystem, played through the public door by the people who would do it.</summary>
internal sealed class Story(Narrator tell, GrpcChannel channel, SignIn signIn, TimeProvider time)
{
    private const string Research = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";
    private const string Advertising = "http://data.europa.eu/eli/reg/2025/327/oj#art_54.c";

    /// <exception cref="StoryEndedException">A step failed; its reason has been told.</exception>
    public async Task PlayAsync(CancellationToken ct)
    {
        var holder = await EnterAsync("holder", ct);
        var developer = await EnterAsync("developer", ct);
        var analyst = await EnterAsync("analyst", ct);
        var reviewer = await EnterAsync("reviewer", ct);
        var auditor = await EnterAsync("auditor", ct);

        tell.Chapter(new("1 · Ein Klinikum meldet einen Datenbestand mit Nutzungsbedingungen", "1 · A clinic registers a data asset with terms of use"));
        var asset = await RegisterDataAssetAsync(holder, ct);

        tell.Chapter(new("2 · Ein KI-Team meldet eine Kompetenz", "2 · An AI team registers a competence"));
        var competence = await RegisterCompetenceAsync(developer, ct);

        tell.Chapter(new("3 · Das Matching schlägt das Paar vor und sagt warum", "3 · Matching proposes the pair and says why"));
        await ProposeAsync(holder, asset, competence, ct);

        tell.Chapter(new("4 · Ein Vertrag wird angefragt, rechtlich geprüft und geschlossen", "4 · An agreement is requested, legally reviewed and concluded"));
        var agreement = await AgreeAsync(analyst, reviewer, holder, asset, ct);

        tell.Chapter(new("5 · Jede Nutzung wird nach den Bedingungen entschieden", "5 · Each use is decided by the terms"));
        var permitted = await DecideAsync(analyst, agreement, Research, new("Darf ich die Daten für die Forschung nutzen?", "May I use the data for research?"), ct);
        var refused = await DecideAsync(analyst, agreement, Advertising, new("Darf ich sie für Werbung nutzen?", "May I use them for advertising?"), ct);
        await ExpectAsync(permitted is { Permitted: true, Duties.Count: > 0 }, "the use for research is permitted with a duty");
        await ExpectAsync(refused is { Permitted: false, Reasons.Count: > 0 }, "the use for advertising is refused with its reason");

        tell.Chapter(new("6 · Das Nutzungsverzeichnis lässt sich nachrechnen", "6 · The ledger can be verified by anyone"));
        await VerifyLedgerAsync(auditor, [permitted, refused], ct);
    }

    private Task<PublicDoor> EnterAsync(string person, CancellationToken ct) => tell.AskAsync(
        person,
        new("meldet sich an", "signs in"),
        async () => new PublicDoor(channel, await signIn.AsAsync(person, DevelopmentAccounts.Password, ct)),
        _ => new("angemeldet", "signed in"));

    private async Task<DataAsset> RegisterDataAssetAsync(PublicDoor holder, CancellationToken ct)
    {
        var asset = await tell.AskAsync(
            "holder",
            new("meldet „Röntgenaufnahmen der Lunge (Beispiel)“", "registers “Chest X-rays (example)”"),
            () => holder.DataAssets.CreateDataAssetAsync(new() { DataAsset = Examples.ChestXRays(time) }, holder.As, cancellationToken: ct).ResponseAsync,
            registered => new($"Datenbestand {registered.Id} von {registered.Holder.Id}", $"data asset {registered.Id} of {registered.Holder.Id}"));
        return await tell.AskAsync(
            "holder",
            new("hängt die Bedingungen an: nur Forschung, anonymisieren, informieren", "attaches the terms: research only, anonymise, inform"),
            () => holder.DataAssets.AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Examples.ResearchOnlyOffer() }, holder.As, cancellationToken: ct).ResponseAsync,
            offered => new($"Angebot {offered.Offer.Id}, Prüfsumme {offered.Offer.PolicySha256[..12]}…", $"offer {offered.Offer.Id}, hash {offered.Offer.PolicySha256[..12]}…"));
    }

    private Task<Competence> RegisterCompetenceAsync(PublicDoor developer, CancellationToken ct) => tell.AskAsync(
        "developer",
        new("meldet „Erkennung von Lungenbefunden in Röntgenbildern (Beispiel)“", "registers “Detection of lung findings in X-ray images (example)”"),
        () => developer.Competences.CreateCompetenceAsync(new() { Competence = Examples.LungFindings() }, developer.As, cancellationToken: ct).ResponseAsync,
        registered => new($"Kompetenz {registered.Id} von {registered.Provider.Id}", $"competence {registered.Id} of {registered.Provider.Id}"));

    private async Task ProposeAsync(PublicDoor holder, DataAsset asset, Competence competence, CancellationToken ct)
    {
        async Task<Proposal> PairFor(string purpose, PolicyVerdict.Types.Kind expected)
        {
            var answer = await Patience.UntilAsync(
                () => holder.Proposals.ProposeCompetencesAsync(new() { DataAssetId = asset.Id, Purpose = purpose, MaxResults = 50 }, holder.As, cancellationToken: ct).ResponseAsync,
                proposals => proposals.Proposals.Any(proposal => proposal.CompetenceId == competence.Id && proposal.Policy.Kind == expected),
                time,
                ct);
            return answer.Proposals.SingleOrDefault(proposal => proposal.CompetenceId == competence.Id && proposal.Policy.Kind == expected)
                ?? throw new InvalidOperationException(
                    $"Matching does not propose competence {competence.Id} with the verdict {expected} for the purpose {purpose}; it answered: {answer}");
        }

        Say Tell(Proposal pair) => new(Describe(pair, "passt zu", "de"), Describe(pair, "fits", "en"));

        await tell.AskAsync("holder", new("Wer kann damit forschen?", "Who could do research with it?"), () => PairFor(Research, PolicyVerdict.Types.Kind.Compatible), Tell);
        await tell.AskAsync("holder", new("Und für Werbung?", "And for advertising?"), () => PairFor(Advertising, PolicyVerdict.Types.Kind.Conflict), Tell);

        static string Describe(Proposal pair, string fits, string language) => string.Join('\n',
            [
                $"{pair.CompetenceTitle.In(language)} ({pair.Provider.Id}) {fits}: {pair.Score:0.00}",
                .. pair.Reasons.Select(reason => $"  +{reason.Weight:0.00} {reason.Sentence.In(language)}"),
                $"  {pair.Policy.Sentence.In(language)}",
            ]);
    }

    private async Task<Agreement> AgreeAsync(PublicDoor analyst, PublicDoor reviewer, PublicDoor holder, DataAsset asset, CancellationToken ct)
    {
        var request = Examples.Request(asset, Research, time);
        var requested = await tell.AskAsync(
            "analyst",
            new($"fragt an: „{request.Question}“", $"requests: “{request.Question}”"),
            () => Patience.UntilAsync(() => analyst.Agreements.RequestAgreementAsync(request, analyst.As, cancellationToken: ct).ResponseAsync, _ => true, time, ct),
            Standing);
        await tell.AskAsync(
            "reviewer",
            new("prüft Rechtsgrundlage und Zweck und stimmt zu", "reviews legal basis and purpose, and approves"),
            () => reviewer.Agreements.ReviewAgreementAsync(
                new() { Id = requested.Id, Verdict = ReviewAgreementRequest.Types.Verdict.Approved, Comment = "Zweck und Rechtsgrundlage passen zu den Bedingungen." },
                reviewer.As,
                cancellationToken: ct).ResponseAsync,
            Standing);
        var agreement = await tell.AskAsync(
            "holder",
            new("bestätigt", "confirms"),
            () => holder.Agreements.ConfirmAgreementAsync(new() { Id = requested.Id }, holder.As, cancellationToken: ct).ResponseAsync,
            Standing);
        await ExpectAsync(agreement.State == Agreement.Types.State.Agreed, "the agreement is concluded");
        return agreement;

        static Say Standing(Agreement agreement) => new(
            $"Vertrag {agreement.Id}: {agreement.State}. {agreement.Awaits.In("de")}", $"agreement {agreement.Id}: {agreement.State}. {agreement.Awaits.In("en")}");
    }

    private Task<Decision> DecideAsync(PublicDoor analyst, Agreement agreement, string purpose, Say question, CancellationToken ct) => tell.AskAsync(
        "analyst",
        question,
        () => analyst.Decisions.DecideAsync(
            new() { AgreementId = agreement.Id, DataAssetId = agreement.DataAssetId, Action = "use", Purpose = purpose }, analyst.As, cancellationToken: ct).ResponseAsync,
        decision => new(Describe(decision, "de"), Describe(decision, "en")));

    private static string Describe(Decision decision, string language)
    {
        var (verdict, duty) = language == "de" ? (decision.Permitted ? "Ja." : "Nein.", "Pflicht: ") : (decision.Permitted ? "Yes." : "No.", "Duty: ");
        return string.Join('\n',
            [
                $"{verdict} {string.Join(' ', decision.Reasons.Select(reason => reason.Sentence.In(language)))}",
                .. decision.Duties.Select(item => "  " + duty + item.Sentence.In(language)),
            ]);
    }

    private Task VerifyLedgerAsync(PublicDoor auditor, IReadOnlyList<Decision> decisions, CancellationToken ct) => tell.AskAsync(
        "auditor",
        new("rechnet das Verzeichnis mit eigener Software nach", "recomputes the ledger with software of its own"),
        async () =>
        {
            var checkpoint = await auditor.Ledger.GetCheckpointAsync(new(), auditor.As, cancellationToken: ct);
            var leaves = new List<byte[]>();
            for (var page = ""; leaves.Count < checkpoint.Size;)
            {
                var answer = await auditor.Ledger.ListLedgerEntriesAsync(new() { PageSize = 1000, PageToken = page }, auditor.As, cancellationToken: ct);
                leaves.AddRange(answer.Entries.Select(entry => entry.Leaf.ToByteArray()));
                page = answer.NextPageToken;
                if (page.Length == 0)
                {
                    break;
                }
            }

            var covered = leaves.Take((int)checkpoint.Size).ToList();
            Demand(covered.Count == checkpoint.Size, $"the ledger has {checkpoint.Size} entries but shows {covered.Count}");
            Demand(CryptographicOperations.FixedTimeEquals(LedgerVerification.Root(covered), checkpoint.Root.Span), "the entries do not lead to the root of the checkpoint");
            foreach (var decision in decisions)
            {
                var record = LedgerRecord.Parser.ParseJson(System.Text.Encoding.UTF8.GetString(covered[(int)decision.LedgerIndex]));
                Demand(record.DecisionId == decision.Id, $"entry {decision.LedgerIndex} is not the decision {decision.Id}");
            }

            return checkpoint;
        },
        checkpoint => new(
            $"{checkpoint.Size} Einträge, Wurzel {Convert.ToHexStringLower(checkpoint.Root.Span)[..16]}…: unverändert, beide Entscheidungen stehen darin.",
            $"{checkpoint.Size} entries, root {Convert.ToHexStringLower(checkpoint.Root.Span)[..16]}…: unchanged, both decisions are in it."));

    private Task ExpectAsync(bool holds, string expectation) => holds
        ? Task.CompletedTask
        : tell.AskAsync<bool>("demo", new("prüft die Antwort", "checks the answer"), () => throw new InvalidOperationException($"Expected that {expectation}."), _ => default);

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The ledger cannot be trusted: {otherwise}.");
        }
    }
}
