using System.Text;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Grpc.Core;
using Outcome = Ecosystem.Catalog.V1.ImportedRecord.Types.Outcome;

namespace Ecosystem.Catalog.Import;

/// <summary>A holder brings the catalogue it already has. Every record stands alone: a bad one is reported and stops nothing.</summary>
internal sealed class ImportDataAssets(IDocumentStore store, DataAssetRegister register)
{
    private const int LargestDocument = 8 * 1024 * 1024;
    private const int AttemptsPerRecord = 3;

    public async Task<ImportDataAssetsResponse> HandleAsync(ImportDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        string holder = caller.OrganisationOrRefuse();
        Check(request);
        RdfReading reading = TurtleReader.ReadTolerantly(request.Turtle, new RdfReaderOptions
        {
            BaseIri = request.BaseIri.Length > 0 ? request.BaseIri : null,
            MaxCharacters = LargestDocument,
        });

        var response = new ImportDataAssetsResponse();
        response.Records.AddRange(reading.Problems.Select(Unreadable));
        var seen = new HashSet<string>();
        foreach (DcatRecord record in new DcatReader(reading.Graph, request.DefaultProtectionNeed).Records())
        {
            Assume(record, request);
            response.Records.Add(await TakeInAsync(record, holder, seen, request.ValidateOnly, ct));
        }

        response.Created = response.Records.Count(r => r.Outcome == Outcome.Created);
        response.Updated = response.Records.Count(r => r.Outcome == Outcome.Updated);
        response.Unchanged = response.Records.Count(r => r.Outcome == Outcome.Unchanged);
        response.Refused = response.Records.Count(r => r.Outcome == Outcome.Refused);
        return response;
    }

    private static void Check(ImportDataAssetsRequest request)
    {
        var violations = new Violations();
        violations.Unless(!string.IsNullOrWhiteSpace(request.Turtle), "turtle", "The catalogue is required: DCAT-AP as Turtle.");
        violations.Unless(Encoding.UTF8.GetByteCount(request.Turtle) <= LargestDocument, "turtle", $"At most {LargestDocument / 1024 / 1024} MiB are allowed; send larger catalogues in parts.");
        violations.CheckIri("base_iri", request.BaseIri);
        violations.Unless(Enum.IsDefined(request.DefaultProtectionNeed), "default_protection_need", "This protection need is not known.");
        violations.CheckIris("default_health_categories", request.DefaultHealthCategories);
        violations.ThrowIfAny("The catalogue cannot be imported");
    }

    /// <summary>What DCAT-AP has no word for and HealthDCAT-AP requires.</summary>
    private static void Assume(DcatRecord record, ImportDataAssetsRequest request)
    {
        if (record.Asset.HealthCategories.Count == 0)
        {
            record.Asset.HealthCategories.AddRange(request.DefaultHealthCategories);
        }

        if (!record.Asset.HasHasStructuredData && record.Asset.Variables.Count == 0)
        {
            record.Asset.HasStructuredData = false;
        }
    }

    private static ImportedRecord Unreadable(RdfProblem problem)
    {
        string place = $"line {problem.Line}, column {problem.Column}";
        return new ImportedRecord
        {
            Source = problem.Subject?.Value ?? place,
            Outcome = Outcome.Refused,
            Remarks =
            {
                $"The statement that starts in line {problem.StatementLine} cannot be read ({place}): {problem.Message}",
                problem.ResumedAtLine is { } line ? $"Reading went on in line {line}." : "The rest of the document could not be read.",
            },
        };
    }

    private async Task<ImportedRecord> TakeInAsync(DcatRecord record, string holder, HashSet<string> seen, bool validateOnly, CancellationToken ct)
    {
        register.Complete(record.Asset);
        var violations = new Violations();
        DataAssetRules.Check(record.Asset, violations);
        DescriptionItems.CheckDraft(record.Asset, violations);
        violations.Unless(record.Source.Length > 0, "identifier", "The data set has neither an IRI nor dct:identifier, so it could not be recognised the next time.");
        violations.Unless(seen.Add(record.Asset.Identifier), "identifier", $"The identifier '{record.Asset.Identifier}' occurs twice in the document; the first one counts.");
        if (violations.Any)
        {
            return Report(record, Outcome.Refused, null, [.. violations.Sentences]);
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await SaveAsync(record, holder, validateOnly, ct);
            }
            catch (Exception conflict) when (conflict is ConcurrencyException or RpcException { StatusCode: StatusCode.AlreadyExists } && attempt < AttemptsPerRecord)
            {
                // Somebody else is changing the same asset; what they wrote is read again.
            }
            catch (ConcurrencyException)
            {
                return Report(record, Outcome.Refused, null, ["Others are changing the same asset all the time; import it again later."]);
            }
        }
    }

    private async Task<ImportedRecord> SaveAsync(DcatRecord record, string holder, bool validateOnly, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<DataAssetDocument> known = await session.QueryAsync(
            DocumentQuery.For(DataAssetDocument.Type).Where("identifier", DataAssetDocument.IdentifierKey(holder, record.Asset.Identifier)).WithoutTotal(), ct);
        Organisation organisation = await session.OrganisationAsync(holder, ct);
        string[] missing = Missing(record.Asset);
        if (known.Items is not [var document, ..])
        {
            if (missing.Length > 0)
            {
                record.Asset.State = PublicationState.Draft;
                record.Remarks.Add($"Kept as a draft, because it cannot be published yet. {string.Join(' ', missing)}");
            }

            DataAssetDocument created = register.Begin(record.Asset, organisation);
            if (!validateOnly)
            {
                await register.SaveAsync(session, created, ct);
            }

            return Report(record, Outcome.Created, validateOnly ? null : created.Id, record.Remarks);
        }

        DataAsset changed = KeepWhatTheSourceCannotSay(record.Asset, document.Asset);
        if (changed.Equals(document.Asset))
        {
            return Report(record, Outcome.Unchanged, document.Id, record.Remarks);
        }

        if (changed.State != PublicationState.Draft && missing.Length > 0)
        {
            return Report(record, Outcome.Refused, document.Id, ["The asset is published, and now something is missing that it must say.", .. missing]);
        }

        if (!validateOnly)
        {
            document.Asset = changed;
            await register.SaveAsync(session, document, ct);
        }

        return Report(record, Outcome.Updated, document.Id, record.Remarks);
    }

    private static string[] Missing(DataAsset asset)
    {
        var violations = new Violations();
        DescriptionItems.CheckRequired(asset, violations);
        return [.. violations.Sentences];
    }

    /// <summary>What the catalogue set, and what the holder added here that DCAT-AP has no word for.</summary>
    private static DataAsset KeepWhatTheSourceCannotSay(DataAsset described, DataAsset known)
    {
        DataAsset changed = described.Clone();
        changed.Id = known.Id;
        changed.Holder = known.Holder;
        changed.Offer = known.Offer;
        changed.CreateTime = known.CreateTime;
        changed.UpdateTime = known.UpdateTime;
        changed.Completeness = known.Completeness;
        changed.ProtectionNeed = known.ProtectionNeed;
        changed.ProtectionReason = known.ProtectionReason;
        changed.State = known.State;
        changed.Modalities.AddRange(known.Modalities);
        return changed;
    }

    private static ImportedRecord Report(DcatRecord record, Outcome outcome, string? id, IEnumerable<string> remarks) => new()
    {
        Source = record.Source,
        Outcome = outcome,
        DataAssetId = id ?? string.Empty,
        Remarks = { remarks },
    };
}
