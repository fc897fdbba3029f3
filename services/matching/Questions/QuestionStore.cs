using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Events.V1;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Matching.V1.Question.Types.State;

namespace Ecosystem.Matching.Questions;

/// <summary>Finds, saves and shows questions; what may be done to them is decided elsewhere in this folder.</summary>
internal sealed class QuestionStore(IDocumentStore store, TimeProvider time, IIdSource ids, ProfileIndex profiles)
{
    public IDocumentSession OpenSession() => store.OpenSession();

    public Organisation OrganisationOf(Caller caller)
    {
        string id = caller.OrganisationOrRefuse();
        return new Organisation { Id = id, Name = profiles.NameOf(id) };
    }

    public static async Task<QuestionDocument> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        (id.Length == 0 ? null : await session.LoadAsync<QuestionDocument>(id, ct)) ?? throw Refusals.Unknown("question", id);

    public static async Task<QuestionDocument> FindOpenAsync(IDocumentSession session, string id, CancellationToken ct)
    {
        QuestionDocument document = await FindAsync(session, id, ct);
        return document.Question.State == State.Proposed
            ? document
            : throw Refusals.WrongState("question", document.Question.State, "only an open question can be changed, discussed or decided");
    }

    /// <summary>Counts the change and tells of it; several questions can change in one session.</summary>
    public void Change(IDocumentSession session, QuestionDocument document)
    {
        DateTimeOffset now = time.GetUtcNow();
        document.Version++;
        document.KeptAt = now.ToUnixTimeMilliseconds();
        document.Question.UpdateTime = now.ToTimestamp();
        session.Store(document);
        session.Store(new WaitingMark { Id = ids.Next(), Kind = ItemKind.Question, ItemId = document.Id, Since = document.KeptAt });
        session.Publish(new QuestionChanged { Question = document.Question.Clone(), Version = document.Version }, document.Id);
    }

    public async Task<Question> SaveAsync(IDocumentSession session, QuestionDocument document, CancellationToken ct)
    {
        Change(session, document);
        await session.SaveChangesAsync(ct);
        profiles.Put(document);
        return Present(session, document);
    }

    public async Task<Question> GetAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await FindAsync(session, id, ct));
    }

    public async Task<ListQuestionsResponse> ListAsync(ListQuestionsRequest request, CancellationToken ct)
    {
        DocumentQuery<QuestionDocument> query = DocumentQuery.For(QuestionDocument.Type).OrderByDescending("proposed")
            .Page(PageSize.OrRefuse(request.PageSize), request.PageToken);
        if (request.State != State.Unspecified) query = query.Where("state", request.State);
        if (request.DataAssetId.Length > 0) query = query.Where("data_asset", request.DataAssetId);
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<QuestionDocument> page = await session.QueryAsync(query, ct);
        return new ListQuestionsResponse
        {
            Questions = { page.Items.Select(document => Present(session, document)) },
            Page = new Page { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }

    public Question Present(IDocumentSession session, QuestionDocument document)
    {
        Question question = document.Question.Clone();
        question.Etag = session.EtagOf(document) ?? "";
        question.Data.AddRange(question.DataAssetIds.Select(id => WhatIsKnownOf(id, question.Purpose)));
        return question;
    }

    private QuestionData WhatIsKnownOf(string id, string purpose) => profiles.Asset(id)?.Asset is { } asset
        ? new QuestionData { DataAssetId = id, Title = asset.Title, Holder = asset.Holder, Policy = PolicyCheck.Compare(asset, purpose) }
        : new QuestionData { DataAssetId = id, Policy = PolicyCheck.NotKnown };
}
