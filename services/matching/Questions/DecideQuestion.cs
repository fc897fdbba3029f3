using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using State = Ecosystem.Matching.V1.Question.Types.State;

namespace Ecosystem.Matching.Questions;

/// <summary>What a question comes to: part of another one, taken up, or closed. Each says why.</summary>
internal sealed class DecideQuestion(QuestionStore questions, ProfileIndex profiles)
{
    public async Task<Question> MergeAsync(MergeQuestionRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        violations.Unless(
            request.IntoId.Length > 0 && request.IntoId != request.Id,
            "into_id",
            "Name the other question, into which this one goes.",
            "Nennen Sie die andere Frage, in der diese aufgeht.");
        violations.RequireText("reason", request.Reason, Lengths.Reason);
        violations.ThrowIfAny("The questions cannot be merged so.");

        await using IDocumentSession session = questions.OpenSession();
        QuestionDocument ending = await FindDecidableAsync(session, request.Id, caller, ct);
        QuestionDocument remaining = await QuestionStore.FindOpenAsync(session, request.IntoId, ct);
        CheckTogether(ending.Question, remaining.Question, violations);

        remaining.Question.DataAssetIds.Add(ending.Question.DataAssetIds.Except(remaining.Question.DataAssetIds, StringComparer.Ordinal).ToArray());
        remaining.Question.Supporters.Add(ending.Question.Supporters.ExceptBy(remaining.Question.Supporters.Select(one => one.Id), one => one.Id).ToArray());
        remaining.Question.Comments.Add(ending.Question.Comments.Select(comment => From(ending.Id, comment)));
        End(ending, State.Merged, request.Reason);
        ending.Question.MergedIntoId = remaining.Id;
        questions.Change(session, ending);
        Question merged = await questions.SaveAsync(session, remaining, ct);
        profiles.Put(ending);
        return merged;
    }

    public async Task<Question> TakeUpAsync(TakeUpQuestionRequest request, Caller caller, CancellationToken ct)
    {
        Organisation organisation = questions.OrganisationOf(caller);
        CheckReason(request.Reason);
        await using IDocumentSession session = questions.OpenSession();
        QuestionDocument document = await QuestionStore.FindOpenAsync(session, request.Id, ct);
        foreach (string id in document.Question.DataAssetIds)
        {
            if (profiles.Asset(id)?.Asset is { } asset && PolicyCheck.Compare(asset, document.Question.Purpose) is { Kind: PolicyVerdict.Types.Kind.Conflict } conflict)
            {
                throw RichStatus.FailedPrecondition(
                    "POLICY_CONFLICT", "The terms of the data exclude the purpose of the question.", ("POLICY", id, conflict.Sentence.Values["en"]));
            }
        }
        document.Question.TakenUpBy = organisation;
        End(document, State.TakenUp, request.Reason);
        return await questions.SaveAsync(session, document, ct);
    }

    public async Task<Question> CloseAsync(CloseQuestionRequest request, Caller caller, CancellationToken ct)
    {
        CheckReason(request.Reason);
        await using IDocumentSession session = questions.OpenSession();
        QuestionDocument document = await FindDecidableAsync(session, request.Id, caller, ct);
        End(document, State.Closed, request.Reason);
        return await questions.SaveAsync(session, document, ct);
    }

    private static async Task<QuestionDocument> FindDecidableAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        QuestionDocument document = await QuestionStore.FindOpenAsync(session, id, ct);
        if (!caller.Has("editor")) caller.RefuseUnlessAnswersFor(document.Question.Proposer.Id, "question");
        return document;
    }

    private static void CheckTogether(Question ending, Question remaining, Violations violations)
    {
        violations.Unless(
            ending.Purpose == remaining.Purpose,
            "into_id",
            $"The other question has another purpose ({remaining.Purpose}); whoever supported one did not support the other.",
            $"Die andere Frage hat einen anderen Zweck ({remaining.Purpose}); wer die eine unterstützt, unterstützt nicht die andere.");
        violations.Unless(
            ending.DataAssetIds.Union(remaining.DataAssetIds, StringComparer.Ordinal).Count() <= QuestionRules.MostDataAssets,
            "into_id",
            $"Together they need more than {QuestionRules.MostDataAssets} data assets.",
            $"Zusammen brauchen sie mehr als {QuestionRules.MostDataAssets} Datenbestände.");
        violations.Unless(
            ending.Comments.Count + remaining.Comments.Count <= QuestionRules.MostComments,
            "into_id",
            $"Together they have more than {QuestionRules.MostComments} comments.",
            $"Zusammen haben sie mehr als {QuestionRules.MostComments} Kommentare.");
        violations.ThrowIfAny("The questions cannot be merged.");
    }

    private static void CheckReason(LocalizedText? reason)
    {
        var violations = new Violations();
        violations.RequireText("reason", reason, Lengths.Reason);
        violations.ThrowIfAny("A decision needs a reason.");
    }

    private static void End(QuestionDocument document, State state, LocalizedText reason) =>
        (document.Question.State, document.Question.StateReason) = (state, reason);

    private static QuestionComment From(string question, QuestionComment comment)
    {
        QuestionComment moved = comment.Clone();
        if (moved.MergedFromId.Length == 0) moved.MergedFromId = question;
        return moved;
    }
}
