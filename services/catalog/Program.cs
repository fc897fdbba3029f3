using Ecosystem.Catalog;
using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.History;
using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.Harvest;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.ReferenceProjects;
using Ecosystem.Catalog.Reminders;
using Ecosystem.Catalog.ResultFiles;
using Ecosystem.Catalog.SavedSearches;
using Ecosystem.Catalog.Solutions;
using Ecosystem.Catalog.Statistics;
using Ecosystem.Messaging;
using Ecosystem.ServiceDefaults;
using Ecosystem.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDocumentStore(
    DataAssetDocument.Type, DataAssetChangeDocument.Type, CheckReminderDocument.Type, PathDocument.Type, HarvestSourceDocument.Type,
    HarvestRunDocument.Type, HarvestedRecordDocument.Type, CompetenceDocument.Type, SolutionKind.Instance.Type, ReferenceProjectKind.Instance.Type,
    ParticipantDocument.Type, SavedSearchDocument.Type, SavedSearchMatchDocument.Type, RemovedDocument.Type, SavedIndexDocument.Type, ResourceChangeDocument.Type);
builder.AddMessaging();
builder.Services.AddCatalog();

var app = builder.Build();
app.MapServiceDefaults();
app.MapGrpcService<DataMarketplace>();
app.MapGrpcService<HarvestOperations>();
app.MapGrpcService<CompetenceMarketplace>();
app.MapGrpcService<SolutionShowcase>();
app.MapGrpcService<ReferenceProjectShowcase>();
app.MapGrpcService<SavedSearchDesk>();
app.MapGrpcService<StatisticsDesk>();
app.MapGrpcService<AreaDirectory>();
app.MapGrpcService<ParticipantDirectory>();
app.MapDcat();
app.MapResultFiles();
app.MapStatisticsPage();
app.MapSavedSearchFeeds();
app.MapMessaging();
app.Run();
