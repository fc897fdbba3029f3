using System.Text.Json;
using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Offers;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;

namespace Ecosystem.Catalog.Demo;

/// <summary>
/// Fills an empty catalogue on a developer's machine, so that the first run shows something. Municipalities are facts; participants, assets,
/// competences, solutions and reference projects are invented and say so. Everything goes through the same register as the public door, so others hear of it.
/// </summary>
internal sealed partial class DemoData(
    IDocumentStore store,
    IConfiguration configuration,
    DataAssetRegister assets,
    CompetenceRegister competences,
    ExhibitRegister<Solution> solutions,
    ExhibitRegister<ReferenceProject> projects,
    AttachOffer offers,
    ILogger<DemoData> log)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    public async Task LoadIfEmptyAsync(CancellationToken ct)
    {
        string region = configuration["REGION"] is { Length: > 0 } named ? named : "ruhr";
        await using Stream? file = typeof(DemoData).Assembly.GetManifestResourceStream($"demo.{region}.json");
        if (file is null || !await IsEmptyAsync(ct))
        {
            return;
        }

        using JsonDocument demo = await JsonDocument.ParseAsync(file, cancellationToken: ct);
        await using (IDocumentSession session = store.OpenSession())
        {
            foreach (JsonElement entry in demo.RootElement.GetProperty("participants").EnumerateArray())
            {
                Participant participant = Parser.Parse<Participant>(entry.GetRawText());
                AreaNames.Fill([participant.Area]);
                session.Store(new ParticipantDocument { Id = participant.Organisation.Id, Participant = participant });
            }

            try
            {
                await session.SaveChangesAsync(ct);
            }
            catch (Exception taken) when (taken is UniqueConstraintException or ConcurrencyException)
            {
                // Another process of this service started at the same moment and loads them.
                return;
            }
        }

        foreach (JsonElement entry in demo.RootElement.GetProperty("dataAssets").EnumerateArray())
        {
            await RegisterAssetAsync(entry, ct);
        }

        foreach (JsonElement entry in demo.RootElement.GetProperty("competences").EnumerateArray())
        {
            await using IDocumentSession session = store.OpenSession();
            Competence competence = Parser.Parse<Competence>(entry.GetRawText());
            await competences.SaveAsync(session, competences.Begin(competence, await session.OrganisationAsync(competence.Provider.Id, ct)), before: null, new Deed(ResourceChange.Types.Kind.Created, By: null), ct);
        }

        await ShowAsync(demo.RootElement.GetProperty("solutions"), region, solutions, ct);
        await ShowAsync(demo.RootElement.GetProperty("referenceProjects"), region, projects, ct);
        LogLoaded(region);
    }

    private static async Task ShowAsync<T>(JsonElement entries, string region, ExhibitRegister<T> register, CancellationToken ct)
        where T : class, IMessage<T>, new()
    {
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            T exhibit = Parser.Parse<T>(entry.GetRawText());
            await register.CreateAsync(exhibit, new Caller(string.Empty, ExhibitKind<T>.ProviderOf(exhibit).Id, new HashSet<string>(), region), ct);
        }
    }

    private async Task RegisterAssetAsync(JsonElement entry, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DataAsset asset = Parser.Parse<DataAsset>(entry.GetProperty("asset").GetRawText());
        DataAssetDocument document = assets.Begin(asset, await session.OrganisationAsync(asset.Holder.Id, ct));
        if (entry.TryGetProperty("policy", out JsonElement policy))
        {
            document.Asset.Offer = offers.OfferOf(policy.GetRawText());
        }

        await assets.SaveAsync(session, new AssetChange(document, By: null), ct);
    }

    private async Task<bool> IsEmptyAsync(CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return (await session.QueryAsync(DocumentQuery.For(DataAssetDocument.Type).Page(1).WithoutTotal(), ct)).Items.Count == 0
            && (await session.QueryAsync(DocumentQuery.For(CompetenceDocument.Type).Page(1).WithoutTotal(), ct)).Items.Count == 0;
    }

    [LoggerMessage(LogLevel.Information, "The catalogue was empty; the example data of region {Region} were loaded.")]
    private partial void LogLoaded(string region);
}
