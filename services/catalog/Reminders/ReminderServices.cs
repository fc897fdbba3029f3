using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Events.V1;

namespace Ecosystem.Catalog.Reminders;

internal static class ReminderServices
{
    public static void AddReminders(this IServiceCollection services)
    {
        services.AddReminders(new DueFact<DataAssetDocument>(
            DataAssetDocument.Type, "check_due", d => d.Id, d => d.Asset.CheckDue.Seconds, d => new DataAssetCheckDue { DataAsset = d.Asset, Version = d.Version }));
        services.AddReminders(new DueFact<CompetenceDocument>(
            CompetenceDocument.Type, "verified_until", d => d.Id, d => d.Competence.Verification.ExpireTime.Seconds, Expired));
    }

    private static CompetenceVerificationExpired Expired(CompetenceDocument document)
    {
        var expired = new CompetenceVerificationExpired { Competence = document.Competence.Clone(), Version = document.Version };
        expired.Competence.Verification.IsCurrent = false;
        return expired;
    }

    private static void AddReminders<T>(this IServiceCollection services, DueFact<T> fact)
        where T : class
    {
        services.AddSingleton(fact);
        services.AddSingleton<DueReminders<T>>();
        services.AddHostedService(provider => provider.GetRequiredService<DueReminders<T>>());
    }
}
