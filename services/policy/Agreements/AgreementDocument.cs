using Ecosystem.Policy.V1;
using Ecosystem.Storage;

namespace Ecosystem.Policy.Agreements;

/// <summary>An agreement and who acted on it. The persons stay here; nobody but this service learns them.</summary>
internal sealed class AgreementDocument
{
    public static readonly DocumentType<AgreementDocument> Type = new DocumentType<AgreementDocument>("agreements", agreement => agreement.Id)
        .Index("state", agreement => agreement.Agreement.State)
        .Index("data_asset", agreement => agreement.Agreement.DataAssetId)
        .Index("created", agreement => agreement.Agreement.CreateTime)
        .Index("ends", agreement => agreement.Agreement.Period.End)
        .IndexMany("party", agreement => [agreement.Agreement.Assigner.Id, agreement.Agreement.Assignee.Id]);

    public required string Id { get; init; }

    public required Agreement Agreement { get; init; }

    /// <summary>Rises by one with every change; events carry it.</summary>
    public long Version { get; set; }

    public required string RequesterSubject { get; init; }

    public string? ReviewerSubject { get; set; }
}
