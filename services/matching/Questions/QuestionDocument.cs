using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Questions;

/// <summary>A question as it is kept, without what is known of its data: that is looked up whenever it is shown.</summary>
internal sealed class QuestionDocument
{
    public static readonly DocumentType<QuestionDocument> Type = new DocumentType<QuestionDocument>("questions", question => question.Id)
        .Index("proposed", question => question.Question.CreateTime)
        .Index("kept_at", question => question.KeptAt)
        .Index("organisation", question => question.Question.Proposer?.Id ?? "")
        .Index("state", question => question.Question.State)
        .IndexMany("data_asset", question => question.Question.DataAssetIds);

    public required string Id { get; init; }

    public required Question Question { get; set; }

    /// <summary>Rises by one with every change; events carry it.</summary>
    public long Version { get; set; }

    /// <summary>When it was last saved, in Unix milliseconds.</summary>
    public long KeptAt { get; set; }
}
