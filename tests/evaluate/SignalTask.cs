using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;

namespace Ecosystem.Evaluate;

/// <summary>
/// What each signal of the engine brings: every set ranked with all signals and with all but one. A signal stays in use only where it makes no set
/// worse; where it would, the line says "if-on" and the engine leaves it off. The folds show that its weight is no accident of these questions: each fifth is ranked with the weight that the other four would choose.
/// </summary>
internal static class SignalTask
{
    private const int Folds = 5;
    private const string Metric = "ndcg@10";

    private static readonly double[] Shares = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8];

    public static void Run(string folder, Report report)
    {
        RunAlliance(report, misspelt: false);
        RunAlliance(report, misspelt: true);
        foreach (string language in (string[])["de", "en"])
        {
            (Dictionary<string, string> pages, List<Question> questions) = OmosQa.Read(Path.Combine(folder, "omos-qa", $"munich_{language}.jsonl"));
            Measure(report, $"omos-munich-{language}", [.. pages.Select(page => Document(page.Key, "", [], page.Value, language))], questions, language);
        }
        DataAsset[] documents = [.. DataFinder.Documents(Path.Combine(folder, "datafinder", "documents.jsonl")).Select(one => Document(one.Id, one.Title, one.Names, one.Text, "en"))];
        foreach ((string form, string set) in DataFinder.Forms)
        {
            Measure(report, set, documents, [.. DataFinder.Questions(Path.Combine(folder, "datafinder", "queries.jsonl"), form)], "en");
        }
    }

    private static void RunAlliance(Report report, bool misspelt)
    {
        var alliance = new SyntheticAlliance();
        using var profiles = new ProfileIndex();
        foreach (DataAsset asset in alliance.Assets) profiles.Put(new DataAssetProfile { Id = asset.Id, Version = 1, KeptAt = 0, Asset = asset });
        foreach (Competence competence in alliance.Competences) profiles.Put(new CompetenceProfile { Id = competence.Id, Version = 1, KeptAt = 0, Competence = competence });
        Dictionary<string, Item> asked = alliance.Assets.Take(400).ToDictionary(
            asset => asset.Id, asset => misspelt ? Misspelt(Item.Of(asset)) : Item.Of(asset), StringComparer.Ordinal);
        List<Question> questions =
        [
            .. alliance.Assets.Take(400).Select(asset => new Question(asset.Id, alliance.Competences.Where(one => alliance.IsRight(asset, one)).Select(one => one.Id).ToHashSet(StringComparer.Ordinal)))
                .Where(question => question.Answers.Count > 0),
        ];
        Measure(report, misspelt ? "alliance-misspelt" : "alliance", questions, near => Engine(profiles, near), (engine, id) =>
            engine.Propose(asked[id], ItemKind.Competence, SyntheticAlliance.Research, 10).Select(proposal => proposal.CompetenceId));
    }

    private static void Measure(Report report, string set, DataAsset[] documents, List<Question> questions, string language)
    {
        using var profiles = new ProfileIndex();
        foreach (DataAsset document in documents) profiles.Put(new DataAssetProfile { Id = document.Id, Version = 1, KeptAt = 0, Asset = document });
        Measure(report, set, questions, near => Engine(profiles, near), (engine, text) =>
            engine.Propose(Idea(ItemKind.Need, text, language), ItemKind.DataAsset, SyntheticAlliance.Research, 10).Select(proposal => proposal.DataAssetId));

        // Asked as one description asks another, the company of words would count.
        double[] on = GainsOf(Engine(profiles, NearWords.Tuned), questions, (engine, text) =>
            engine.Propose(Idea(ItemKind.Competence, text, language), ItemKind.DataAsset, SyntheticAlliance.Research, 10).Select(proposal => proposal.DataAssetId));
        double[] off = GainsOf(Engine(profiles, NearWords.Tuned), questions, (engine, text) =>
            engine.Propose(Idea(ItemKind.Need, text, language), ItemKind.DataAsset, SyntheticAlliance.Research, 10).Select(proposal => proposal.DataAssetId));
        report.Line("signals", set, $"{Metric}/context-if-on", on.Average(), off.Average());
    }

    private static double[] GainsOf(ProposalEngine engine, List<Question> questions, Func<ProposalEngine, string, IEnumerable<string>> rank) =>
        [.. questions.AsParallel().AsOrdered().Select(question => Metrics.Of([question], text => rank(engine, text))[Metric])];

    private static void Measure(
        Report report, string set, List<Question> questions, Func<NearWords, ProposalEngine> engineOf, Func<ProposalEngine, string, IEnumerable<string>> rank)
    {
        double[] all = Gains(NearWords.Tuned);
        foreach ((string signal, Func<double, NearWords> with) in (IEnumerable<(string, Func<double, NearWords>)>)
            [
                ("spelling", share => NearWords.Tuned with { Spelling = share }), ("context", share => NearWords.Tuned with { Context = share }),
            ])
        {
            if (signal == "context" && !set.StartsWith("alliance", StringComparison.Ordinal)) continue;
            double[][] tried = [.. Shares.Select(share => Gains(with(share)))];
            report.Line("signals", set, $"{Metric}/{signal}", all.Average(), tried[0].Average());
            report.AtLeast("signals", set, $"{Metric}/{signal}", all.Average(), tried[0].Average());
            report.Line("signals", set, $"{Metric}/{signal}-in-folds", OverFolds(tried), tried[0].Average());
        }

        double[] Gains(NearWords near) => GainsOf(engineOf(near), questions, rank);
    }

    private static double OverFolds(double[][] tried)
    {
        double sum = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            double[] best = tried.MaxBy(gains => gains.Where((_, at) => at % Folds != left).Sum())!;
            sum += best.Where((_, at) => at % Folds == left).Sum();
        }
        return sum / tried[0].Length;
    }

    private static ProposalEngine Engine(ProfileIndex profiles, NearWords near) =>
        new(profiles, new PolicyVerdicts(), new ParticipantBook(TimeProvider.System), TimeProvider.System) { NearWords = near };

    /// <summary>Every third longer word has its last two letters but one in the wrong order.</summary>
    private static Item Misspelt(Item item) => item with
    {
        Texts = [.. item.Texts.Select(text => text with { Text = string.Join(' ', text.Text.Split(' ').Select((word, at) => word.Length > 6 && at % 3 == 0 ? $"{word[..^3]}{word[^2]}{word[^3]}{word[^1]}" : word)) })],
    };

    private static Item Idea(ItemKind kind, string text, string language) => new()
    {
        Kind = kind, Id = "", Organisation = new Organisation(), Title = new LocalizedText(), Texts = [new ItemText("description", text, language)],
    };

    private static DataAsset Document(string id, string title, IEnumerable<string> names, string text, string language)
    {
        var asset = new DataAsset
        {
            Id = id,
            Holder = new Organisation { Id = "holder-of-" + id },
            Title = new LocalizedText { Values = { [language] = title } },
            Description = new LocalizedText { Values = { [language] = text } },
        };
        asset.Keywords.AddRange(names.Select(name => new Keyword { Text = name, Language = language }));
        return asset;
    }
}
