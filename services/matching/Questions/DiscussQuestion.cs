using Ecosystem.Common.V1;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Matching.Questions;

/// <summary>The alliance says what it thinks of a question. An organisation supports it once, however many of its people do.</summary>
internal sealed class DiscussQuestion(QuestionStore questions, IIdSource ids, TimeProvider time)
{
    public async Task<Question> CommentAsync(string id, string text, Caller caller, CancellationToken ct)
    {
        Organisation organisation = questions.OrganisationOf(caller);
        var violations = new Violations();
        violations.RequireLine("text", text, QuestionRules.LongestComment);
        violations.ThrowIfAny("The comment is empty or too long.");

        await using IDocumentSession session = questions.OpenSession();
        QuestionDocument document = await QuestionStore.FindOpenAsync(session, id, ct);
        violations.Unless(
            document.Question.Comments.Count < QuestionRules.MostComments,
            "id",
            $"The question has {QuestionRules.MostComments} comments; propose one of your own.",
            $"Die Frage hat {QuestionRules.MostComments} Kommentare; schlagen Sie eine eigene vor.");
        violations.ThrowIfAny("The question takes no more comments.");
        document.Question.Comments.Add(
            new QuestionComment { Id = ids.Next(), Organisation = organisation, Text = text, CreateTime = time.GetUtcNow().ToTimestamp() });
        return await questions.SaveAsync(session, document, ct);
    }

    public async Task<Question> SupportAsync(string id, bool withdraw, Caller caller, CancellationToken ct)
    {
        Organisation organisation = questions.OrganisationOf(caller);
        await using IDocumentSession session = questions.OpenSession();
        QuestionDocument document = await QuestionStore.FindOpenAsync(session, id, ct);
        Organisation? already = document.Question.Supporters.FirstOrDefault(supporter => supporter.Id == organisation.Id);
        if (already is not null == !withdraw) return questions.Present(session, document);

        if (already is null) document.Question.Supporters.Add(organisation);
        else document.Question.Supporters.Remove(already);
        return await questions.SaveAsync(session, document, ct);
    }
}
