using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Questions;

namespace Ecosystem.Matching;

internal static class MatchingServices
{
    public static void AddMatching(this IServiceCollection services) => services
        .AddSingleton<ProfileIndex>().AddSingleton<PolicyVerdicts>().AddSingleton<ProposalEngine>().AddHostedService<FollowStore>()
        .AddSingleton<NeedRegister>()
        .AddSingleton<QuestionStore>().AddSingleton<ProposeQuestion>().AddSingleton<DiscussQuestion>().AddSingleton<DecideQuestion>();
}
