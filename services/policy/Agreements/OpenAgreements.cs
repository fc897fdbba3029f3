using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Agreements as the steps of their life find them.</summary>
internal sealed class OpenAgreements(TimeProvider time)
{
    /// <summary>Whether the caller may know of the agreement: the two parties, reviewers and auditors.</summary>
    public static bool IsVisible(Agreement agreement, Caller caller) =>
        caller.SeesUseByAll()
        || (caller.Organisation.Length > 0 && (caller.Organisation == agreement.Assigner.Id || caller.Organisation == agreement.Assignee.Id));

    public async Task<AgreementDocument> LoadAsync(string id, Caller caller, LedgerTransaction transaction, CancellationToken ct)
    {
        var document = id.Length == 0 ? null : await transaction.Session.LoadAsync<AgreementDocument>(id, ct);
        if (document is null || !IsVisible(document.Agreement, caller))
            throw Refusals.NoAgreement(id);
        if (document.Agreement.IsOver(time.GetUtcNow()))
            document.Agreement.State = State.Expired;
        return document;
    }

    /// <summary>The agreement, for a step that only the organisation that holds the data can take.</summary>
    public async Task<AgreementDocument> LoadAsHolderAsync(string id, Caller caller, LedgerTransaction transaction, CancellationToken ct)
    {
        var document = await LoadAsync(id, caller, transaction, ct);
        return document.Agreement.Assigner.Id == caller.Organisation
            ? document
            : throw RichStatus.PermissionDenied("NOT_THE_HOLDER", "Only the organisation that holds the data can do this.");
    }

    /// <summary>The agreement, for a step that only the organisation that asked can take.</summary>
    public async Task<AgreementDocument> LoadAsRequesterAsync(string id, Caller caller, LedgerTransaction transaction, CancellationToken ct)
    {
        var document = await LoadAsync(id, caller, transaction, ct);
        return document.Agreement.Assignee.Id == caller.Organisation
            ? document
            : throw RichStatus.PermissionDenied("NOT_THE_REQUESTER", "Only the organisation that asked for the data can do this.");
    }

    /// <summary>An agreement is about the terms that were requested; when the holder has replaced them, it takes a new request.</summary>
    public static async Task DemandUnchangedOfferAsync(AgreementDocument document, LedgerTransaction transaction, CancellationToken ct)
    {
        // Terms that the holder proposed for this request alone do not follow the public offer.
        if (document.HasOwnTerms)
            return;
        var offer = await transaction.Session.LoadAsync<OfferDocument>(document.Agreement.DataAssetId, ct);
        if (offer?.Terms is not { } terms)
            throw RichStatus.FailedPrecondition("OFFER_CHANGED", "The terms of the data asset were withdrawn since the request.");
        if (terms.PolicySha256 != document.Agreement.PolicySha256)
            throw RichStatus.FailedPrecondition("OFFER_CHANGED", "The terms of the data asset were replaced since the request; the use has to be requested anew.");
    }
}
