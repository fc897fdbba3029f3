using Ecosystem.Matching.Digests;
using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Questions;
using Ecosystem.Matching.Sketches;
using Ecosystem.Matching.Standing;

namespace Ecosystem.Matching;

internal static class MatchingServices
{
    public static void AddMatching(this IServiceCollection services) => services
        .AddSingleton<ProfileIndex>().AddSingleton<PolicyVerdicts>().AddSingleton<ProposalEngine>().AddHostedService<FollowStore>()
        .AddSingleton<ParticipantBook>().AddSingleton<TakePart>()
        .AddSingleton<MatchingMeter>().AddSingleton<MatchRegister>().AddSingleton<MatchFinder>().AddSingleton<MatchReturned>().AddSingleton<AnswerMatch>().AddSingleton<ReadMatches>().AddHostedService<FindMatches>()
        .AddSingleton<ReadDigests>().AddHostedService<CompileDigests>()
        .AddSingleton<SketchPlanner>()
        .AddSingleton<RankingShelf>().AddSingleton<ReportExposure>().AddHostedService<LearnOnSchedule>()
        .AddSingleton<ShownLists>().AddHostedService(provider => provider.GetRequiredService<ShownLists>())
        .AddSingleton<NeedRegister>()
        .AddSingleton<QuestionStore>().AddSingleton<ProposeQuestion>().AddSingleton<DiscussQuestion>().AddSingleton<DecideQuestion>();
}
