using System.Text.Json.Serialization;
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
        .Index("over_at", agreement => agreement.OverAt)
        .Index("deadline", agreement => agreement.Agreement.Waits?.Deadline)
        .IndexMany("party", agreement => [agreement.Agreement.Assigner.Id, agreement.Agreement.Assignee.Id]);

    public required string Id { get; init; }

    public required Agreement Agreement { get; init; }

    /// <summary>Rises by one with every change; events carry it.</summary>
    public long Version { get; set; }

    public required string RequesterSubject { get; init; }

    /// <summary>Who reviewed a stage.</summary>
    public List<string> ReviewerSubjects { get; init; } = [];

    /// <summary>Why it is suspended, as a reason code; see <see cref="AgreementEnd"/>.</summary>
    public string SuspensionCode { get; set; } = AgreementEnd.ByHolder;

    /// <summary>When the terms themselves permit no further use, if that is before the period is over.</summary>
    public DateTimeOffset? TermsEnd { get; set; }

    /// <summary>Whether the terms were negotiated and are not those of the public offer.</summary>
    public bool HasOwnTerms { get; set; }

    /// <summary>When the clock has to act next.</summary>
    [JsonIgnore]
    public DateTimeOffset OverAt => TermsEnd is { } end && end < Agreement.Period.End.ToDateTimeOffset() ? end : Agreement.Period.End.ToDateTimeOffset();
}
