using Ecosystem.Catalog.Events.V1;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Messaging;
using Ecosystem.ServiceDefaults;
using Ecosystem.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDocumentStore(DataAssetProfile.Type, CompetenceProfile.Type);
builder.AddMessaging(events => events
    .On<DataAssetPublished, KeepDataAsset>()
    .On<OfferAttached, KeepDataAsset>()
    .On<DataAssetDeprecated, KeepDataAsset>()
    .On<DataAssetWithdrawn, KeepDataAsset>()
    .On<CompetencePublished, KeepCompetence>());
builder.Services.AddSingleton<ProfileIndex>().AddSingleton<ProposalEngine>().AddHostedService<FollowStore>();

var app = builder.Build();
app.MapServiceDefaults();
app.MapGrpcService<Matchmaking>();
app.MapMessaging();
app.Run();
