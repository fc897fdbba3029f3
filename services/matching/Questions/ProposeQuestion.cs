using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Matching.Questions;

/// <summary>Anyone in the alliance proposes a question; while it is open, the proposer improves it.</summary>
internal sealed class ProposeQuestion(QuestionStore questions, ProfileIndex profiles, IIdSource ids, TimeProvider time)
{
    public async Task<Question> CreateAsync(Question? proposed, Caller caller, CancellationToken ct)
    {
        var question = new Question { Proposer = questions.OrganisationOf(caller) };
        FieldMaskUpdate.Apply(proposed ?? new Question(), question, mask: null, QuestionRules.Settable, new Violations());
        QuestionRules.CheckOrRefuse(question, profiles);

        question.Id = ids.Next();
        question.State = Question.Types.State.Proposed;
        question.Supporters.Add(question.Proposer.Clone());
        question.CreateTime = time.GetUtcNow().ToTimestamp();
        await using IDocumentSession session = questions.OpenSession();
        return await questions.SaveAsync(session, new QuestionDocument { Id = question.Id, Question = question }, ct);
    }

    public async Task<Question> UpdateAsync(Question? wanted, FieldMask? fields, Caller caller, CancellationToken ct)
    {
        wanted ??= new Question();
        await using IDocumentSession session = questions.OpenSession();
        QuestionDocument document = await QuestionStore.FindOpenAsync(session, wanted.Id, ct);
        caller.RefuseUnlessAnswersFor(document.Question.Proposer.Id, "question");
        Question changed = document.Question.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, fields, QuestionRules.Settable, mask);
        mask.ThrowIfAny("The question cannot be changed so.");
        QuestionRules.CheckOrRefuse(changed, profiles);

        session.Expect(document, wanted.Etag);
        document.Question = changed;
        return await questions.SaveAsync(session, document, ct);
    }
}
