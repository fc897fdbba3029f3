using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Storage;
using Grpc.Core;
using Outcome = Ecosystem.Catalog.V1.ImportedRecord.Types.Outcome;

namespace Ecosystem.Catalog.Import;

/// <summary>Takes in one record after the other. Each stands alone: a bad one is reported and stops nothing.</summary>
internal sealed class RecordIntake(IDocumentStore store, DataAssetRegister register)
{
    private const int AttemptsPerRecord = 3;

    public async Task<ImportedRecord> TakeInAsync(DcatRecord record, IntakeTerms terms, CancellationToken ct)
    {
        terms.Assume(record.Asset);
        register.Complete(record.Asset);
        var violations = new Violations();
        DataAssetRules.Check(record.Asset, violations);
        DescriptionItems.CheckDraft(record.Asset, violations);
        violations.Unless(record.Source.Length > 0, "identifier", "The data set has neither an IRI nor dct:identifier, so it could not be recognised the next time.");
        violations.Unless(terms.IsFirst(record.Asset.Identifier), "identifier", $"The identifier '{record.Asset.Identifier}' occurs twice in the document; the first one counts.");
        if (violations.Any)
        {
            return Report(record, Outcome.Refused, null, [.. violations.Sentences]);
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await SaveAsync(record, terms, ct);
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

    private async Task<ImportedRecord> SaveAsync(DcatRecord record, IntakeTerms terms, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<DataAssetDocument> known = await session.QueryAsync(
            DocumentQuery.For(DataAssetDocument.Type).Where("identifier", DataAssetDocument.IdentifierKey(terms.Holder, record.Asset.Identifier)).WithoutTotal(), ct);
        string[] missing = Missing(record.Asset);
        if (known.Items is not [var document, ..])
        {
            Organisation organisation = await session.OrganisationAsync(terms.Holder, ct);
            return await CreateAsync(session, record, register.Begin(AsFarAsItGoes(record, missing), organisation), terms, ct);
        }

        if (await terms.RefusalToChangeAsync(session, document, ct) is { } refusal)
        {
            return Report(record, Outcome.Refused, document.Id, [refusal]);
        }

        DataAsset changed = WhatTheSourceCannotSay.Keep(record.Asset, document.Asset);
        changed.State = terms.StateOf(changed.State);
        changed.StateReason = changed.State == document.Asset.State ? changed.StateReason : null;
        if (changed.Equals(document.Asset))
        {
            return Report(record, Outcome.Unchanged, document.Id, record.Remarks);
        }

        if (changed.State != PublicationState.Draft && missing.Length > 0)
        {
            return Report(record, Outcome.Refused, document.Id, ["The asset is published, and now something is missing that it must say.", .. missing]);
        }

        if (!terms.ValidateOnly)
        {
            document.Become(changed);
            await register.SaveAsync(session, new AssetChange(document, terms.By), ct);
        }

        return Report(record, Outcome.Updated, document.Id, record.Remarks);
    }

    private async Task<ImportedRecord> CreateAsync(IDocumentSession session, DcatRecord record, DataAssetDocument created, IntakeTerms terms, CancellationToken ct)
    {
        if (terms.ValidateOnly)
        {
            return Report(record, Outcome.Created, null, record.Remarks);
        }

        terms.OnCreate(session, created.Id, record.Source);
        await register.SaveAsync(session, new AssetChange(created, terms.By), ct);
        return Report(record, Outcome.Created, created.Id, record.Remarks);
    }

    private static DataAsset AsFarAsItGoes(DcatRecord record, string[] missing)
    {
        if (missing.Length > 0)
        {
            record.Asset.State = PublicationState.Draft;
            record.Remarks.Add($"Kept as a draft, because it cannot be published yet. {string.Join(' ', missing)}");
        }

        return record.Asset;
    }

    private static string[] Missing(DataAsset asset)
    {
        var violations = new Violations();
        DescriptionItems.CheckRequired(asset, violations);
        return [.. violations.Sentences];
    }

    private static ImportedRecord Report(DcatRecord record, Outcome outcome, string? id, IEnumerable<string> remarks) => new()
    {
        Source = record.Source,
        Outcome = outcome,
        DataAssetId = id ?? string.Empty,
        Remarks = { remarks },
    };
}
