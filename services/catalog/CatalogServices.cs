using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Demo;
using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.Harvest;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.Offers;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.Reminders;
using Ecosystem.Catalog.ResultFiles;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.SavedSearches;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.Statistics;

namespace Ecosystem.Catalog;

internal static class CatalogServices
{
    /// <summary>The largest call is an import of 8 MiB of Turtle; escaped in JSON it may take twice that.</summary>
    private const int LargestMessage = 20 * 1024 * 1024;

    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = LargestMessage;
            grpc.Interceptors.Add<SearchFailures>();
        });
        services.AddRegionalFacts();
        services.AddSingleton<DataAssetIndex>();
        services.AddSingleton<DataAssetRegister>();
        services.AddSingleton<CreateDataAsset>();
        services.AddSingleton<UpdateDataAsset>();
        services.AddSingleton<BatchCreateDataAssets>();
        services.AddSingleton<BatchUpdateDataAssets>();
        services.AddSingleton<ValidateDataAsset>();
        services.AddDataAssetLife();
        services.AddPaths();
        services.AddHarvest();
        services.AddSingleton<FindDataAssets>();
        services.AddSingleton<AttachOffer>();
        services.AddSingleton<RecordIntake>();
        services.AddSingleton<ImportDataAssets>();
        services.AddOptions<CatalogueOptions>().BindConfiguration(CatalogueOptions.Section);
        services.AddSingleton<CatalogueWriter>();
        services.AddSingleton<ExportDataAssets>();
        services.AddSingleton<SearchedRows>();
        services.AddSingleton<CompetenceIndex>();
        services.AddSingleton<CompetenceRegister>();
        services.AddSingleton<CreateCompetence>();
        services.AddSingleton<UpdateCompetence>();
        services.AddSingleton<VerifyCompetence>();
        services.AddSingleton<FindCompetences>();
        services.AddShowcase();
        services.AddSavedSearches();
        services.AddFollowing<DataAssetDocument, DataAssetIndex>(
            DataAssetDocument.Type, (index, documents) => index.Fill(documents), (index, id) => index.Remove(id));
        services.AddFollowing<CompetenceDocument, CompetenceIndex>(CompetenceDocument.Type, (index, documents) => index.Fill(documents));
        services.AddForgetting(_ => new ShortLived<RemovedDocument>(RemovedDocument.Type, "changed", d => d.Id, RemovedDocument.KeptFor));
        services.AddForgetting(_ => new ShortLived<SavedIndexDocument>(SavedIndexDocument.Type, "changed", d => d.Id, SavedIndexDocument.KeptFor));
        services.AddReminders();
        services.AddStatistics();
        services.AddSingleton<DemoData>();
        services.AddHostedService<DemoStart>();
    }
}
