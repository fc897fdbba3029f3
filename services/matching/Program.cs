using Ecosystem.Catalog.Events.V1;
using Ecosystem.Matching;
using Ecosystem.Matching.Digests;
using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Questions;
using Ecosystem.Matching.Rounds;
using Ecosystem.Matching.Standing;
using Ecosystem.Messaging;
using Ecosystem.ServiceDefaults;
using Ecosystem.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDocumentStore(
    DataAssetProfile.Type, CompetenceProfile.Type, SolutionProfile.Type, NeedDocument.Type, QuestionDocument.Type, ParticipantDocument.Type,
    MatchDocument.Type, RoundDocument.Type, WishesDocument.Type, RankingDocument.Type, RankingHead.Type, ShownListDocument.Type, DigestDocument.Type, DigestCalendar.Type, WaitingMark.Type);
builder.AddMessaging(events => events
    .On<DataAssetPublished, KeepDataAsset>()
    .On<OfferAttached, KeepDataAsset>()
    .On<DataAssetDeprecated, KeepDataAsset>()
    .On<DataAssetWithdrawn, KeepDataAsset>()
    .On<CompetencePublished, KeepCompetence>()
    .On<SolutionPublished, KeepSolution>()
    .On<SolutionRemoved, KeepSolution>());
builder.Services.AddMatching();

var app = builder.Build();
app.MapServiceDefaults();
app.MapGrpcService<Matchmaking>();
app.MapGrpcService<NeedCalls>();
app.MapGrpcService<QuestionCalls>();
app.MapGrpcService<MatchCalls>();
app.MapGrpcService<MeetingRounds>();
app.MapGrpcService<RankingCalls>();
app.MapMessaging();
app.Run();
