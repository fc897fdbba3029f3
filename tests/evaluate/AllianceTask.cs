using Ecosystem.Catalog.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rounds;
using Ecosystem.Matching.V1;

namespace Ecosystem.Evaluate;

/// <summary>Proposals of the whole engine against the truth of <see cref="SyntheticAlliance"/>, beside ranking by text alone.</summary>
internal static class AllianceTask
{
    private const int Asked = 200;
    private const int ListLength = 10;

    public static void Run(Report report)
    {
        var alliance = new SyntheticAlliance();
        var profiles = new ProfileIndex();
        foreach (DataAsset asset in alliance.Assets) profiles.Put(ProfileOf(asset));
        foreach (Competence competence in alliance.Competences) profiles.Put(ProfileOf(competence));
        RankCompetences(alliance, profiles, report);
        AskForTeaching(alliance, profiles, report);
        ExposeSmallPartners(alliance, profiles, report);
        PlanMeetings(alliance, profiles, report);
        Calibrate(alliance, profiles, report);
    }

    /// <summary>How far scores and the share of right proposals differ: uncalibrated, calibrated in folds, and as the engine does it untuned.</summary>
    private static void Calibrate(SyntheticAlliance alliance, ProfileIndex profiles, Report report)
    {
        const int Folds = 5;
        var engine = EngineOf(profiles);
        Dictionary<string, Competence> competences = alliance.Competences.ToDictionary(one => one.Id, StringComparer.Ordinal);
        (double Fit, bool Right)[][] lists =
        [
            .. alliance.Assets.Take(2 * Asked).Select(asset => engine.Find(profiles.Asset(asset.Id)!, ItemKind.Competence, SyntheticAlliance.Research, ListLength)
                .Select(found => (found.Fit, alliance.IsRight(asset, competences[found.Partner.Id]))).ToArray()),
        ];
        var inFolds = new List<(double, bool)>();
        for (int fold = 0; fold < Folds; fold++)
        {
            int left = fold;
            Calibration fitted = Calibration.Untuned.FittedTo([.. lists.Where((_, at) => at % Folds != left).SelectMany(list => list)]);
            inFolds.AddRange(lists.Where((_, at) => at % Folds == left).SelectMany(list => list).Select(one => (fitted.Of(one.Fit), one.Right)));
        }
        (double Fit, bool Right)[] all = [.. lists.SelectMany(list => list)];
        double before = Calibration.Error(all);
        double after = Calibration.Error(inFolds);
        double untuned = Calibration.Error([.. all.Select(one => (Calibration.Untuned.Of(one.Fit), one.Right))]);
        report.Line("matching", "alliance", "calibration-error-in-folds", after, before);
        report.Line("matching", "alliance", "calibration-error", untuned, before);
        report.AtLeast("matching", "alliance", "calibrated", 1 - untuned, 1 - (before / 2));
        Calibration best = Calibration.Untuned.FittedTo(all);
        report.Line("matching", "alliance", "calibration-slope", best.Slope, Calibration.Untuned.Slope);
        report.Line("matching", "alliance", "calibration-offset", best.Offset, Calibration.Untuned.Offset);
    }

    private static void RankCompetences(SyntheticAlliance alliance, ProfileIndex profiles, Report report)
    {
        var assets = alliance.Assets.Take(Asked).ToDictionary(asset => asset.Id, StringComparer.Ordinal);
        List<Question> questions = [.. assets.Values.Select(asset => new Question(asset.Id, alliance.Competences
            .Where(competence => alliance.IsRight(asset, competence)).Select(competence => competence.Id).ToHashSet(StringComparer.Ordinal)))
            .Where(question => question.Answers.Count > 0)];
        var engine = EngineOf(profiles);
        Metrics ours = Metrics.Of(questions, id => engine.Propose(profiles.Asset(id)!, ItemKind.Competence, SyntheticAlliance.Research, ListLength).Select(proposal => proposal.CompetenceId));
        var plain = new PlainBm25(alliance.Competences.Select(competence => (competence.Id, WordsOf(Item.Of(competence)))));
        Metrics text = Metrics.Of(questions, id => plain.Rank(WordsOf(Item.Of(assets[id]))));
        report.Line("matching", "alliance", "ndcg@10", ours["ndcg@10"], text["ndcg@10"]);
        report.Line("matching", "alliance", "mrr@10", ours["mrr@10"], text["mrr@10"]);
        report.AtLeast("matching", "alliance", "ndcg@10", ours["ndcg@10"], text["ndcg@10"] + 0.1);
    }

    /// <summary>No proposal may be called compatible where the terms name another purpose, or stand before one that is.</summary>
    private static void AskForTeaching(SyntheticAlliance alliance, ProfileIndex profiles, Report report)
    {
        var engine = EngineOf(profiles);
        int raised = 0;
        int shown = 0;
        foreach (Competence competence in alliance.Competences.Take(Asked))
        {
            foreach (Proposal proposal in engine.Propose(profiles.Competence(competence.Id)!, ItemKind.DataAsset, SyntheticAlliance.Education, ListLength))
            {
                shown++;
                bool allowed = profiles.Asset(proposal.DataAssetId)!.Asset!.Offer?.PolicyJson.Contains(SyntheticAlliance.Education, StringComparison.Ordinal) ?? false;
                if (proposal.Policy.Kind == PolicyVerdict.Types.Kind.Compatible && !allowed) raised++;
            }
        }
        report.Line("matching", "alliance", "forbidden-share", (double)raised / shown, baseline: 0);
        report.AtLeast("matching", "alliance", "allowed-share", 1 - ((double)raised / shown), 1);
    }

    /// <summary>Organisations that offer little are shown about as often as their part of all competences says.</summary>
    private static void ExposeSmallPartners(SyntheticAlliance alliance, ProfileIndex profiles, Report report)
    {
        const int Small = 2;
        Dictionary<string, int> sizes = alliance.Competences.CountBy(competence => competence.Provider.Id).ToDictionary(StringComparer.Ordinal);
        var engine = EngineOf(profiles);
        string[] shown =
        [
            .. alliance.Assets.Take(Asked).SelectMany(asset => engine.Propose(profiles.Asset(asset.Id)!, ItemKind.Competence, SyntheticAlliance.Research, ListLength))
                .Select(proposal => proposal.Provider.Id),
        ];
        double offered = (double)alliance.Competences.Count(competence => sizes[competence.Provider.Id] <= Small) / alliance.Competences.Count;
        double exposed = (double)shown.Count(provider => sizes[provider] <= Small) / shown.Length;
        report.Line("matching", "alliance", "small-partners-shown", exposed, offered);
        report.AtLeast("matching", "alliance", "small-partners-shown", exposed, offered * 0.9);
    }

    /// <summary>Holders and providers wish for whom they were proposed; nobody has a reason to leave the plan.</summary>
    private static void PlanMeetings(SyntheticAlliance alliance, ProfileIndex profiles, Report report)
    {
        var engine = EngineOf(profiles);
        var wishes = new List<RoundWishes>();
        Dictionary<string, List<Proposal>> ofHolder = alliance.Assets.Take(Asked)
            .SelectMany(asset => engine.Propose(profiles.Asset(asset.Id)!, ItemKind.Competence, SyntheticAlliance.Research, ListLength))
            .GroupBy(proposal => proposal.Holder.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        wishes.AddRange(ofHolder.Select(holder => new RoundWishes(
            "host/" + holder.Key, MeetingSide.Host, [.. holder.Value.OrderByDescending(proposal => proposal.Score).Select(proposal => "guest/" + proposal.Provider.Id).Distinct(StringComparer.Ordinal)])));
        wishes.AddRange(ofHolder.Values.SelectMany(proposals => proposals).GroupBy(proposal => proposal.Provider.Id, StringComparer.Ordinal).Select(provider => new RoundWishes(
            "guest/" + provider.Key, MeetingSide.Guest, [.. provider.OrderByDescending(proposal => proposal.Score).Select(proposal => "host/" + proposal.Holder.Id).Distinct(StringComparer.Ordinal)])));
        PlanReport plan = RoundPlanner.Plan(new MeetingRound { Slots = 6, Aim = MeetingRound.Types.Aim.Stable }, wishes).Report;
        report.Line("matching", "rounds", "blocking-pairs", plan.BlockingPairs, baseline: 0);
        report.AtLeast("matching", "rounds", "stable", plan.BlockingPairs == 0 ? 1 : 0, 1);
    }

    private static ProposalEngine EngineOf(ProfileIndex profiles) =>
        new(profiles, new PolicyVerdicts(), new ParticipantBook(TimeProvider.System), TimeProvider.System);

    private static string WordsOf(Item item) => string.Join('\n', item.Texts.Select(text => text.Text));

    private static DataAssetProfile ProfileOf(DataAsset asset) => new() { Id = asset.Id, Version = 1, KeptAt = 0, Asset = asset };

    private static CompetenceProfile ProfileOf(Competence competence) => new() { Id = competence.Id, Version = 1, KeptAt = 0, Competence = competence };
}
