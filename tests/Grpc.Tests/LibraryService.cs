using Ecosystem.Grpc.Tests.Contracts;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests;

internal sealed class LibraryService : Library.LibraryBase
{
    public override Task<Book> GetBook(BookRequest request, ServerCallContext context) => request switch
    {
        { Book.Id: "missing" } => throw RichStatus.NotFound("There is no book 'missing'.", "BOOK_NOT_FOUND"),
        { Book.Id: "busy" } => throw RichStatus.Unavailable("BUSY", "The shelf is being tidied.", TimeSpan.FromSeconds(7)),
        { Book.Id: "private" } => throw RichStatus.Unauthenticated("NO_TOKEN", "Say who you are."),
        { Book.Id: "lent" } => throw RichStatus.FailedPrecondition("NOT_ON_THE_SHELF", "The book cannot be read here.", ("LENT", "books/lent", "Wait until it is back.")),
        { Book.Id: "changed" } => throw RichStatus.Aborted(
            "ETAG_MISMATCH", "The book was changed.", new Dictionary<string, string> { ["etag"] = "v2" }),
        _ => Task.FromResult(new Book { Id = request.Book?.Id ?? "", Title = request.Name, Etag = "v1" }),
    };

    public override Task<BookRequest> FindBooks(BookRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<BookRequest> CreateBook(BookRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Book> UpdateBook(BookRequest request, ServerCallContext context) => Task.FromResult(request.Book);

    public override Task<Empty> DeleteBook(BookRequest request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<Everything> Mirror(Everything request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Everything> Titles(BookRequest request, ServerCallContext context) =>
        Task.FromResult(new Everything { Texts = { "one", "two" } });

    public override Task<BookRequest> GetFile(BookRequest request, ServerCallContext context)
    {
        context.ResponseTrailers.Add("x-read", "whole");
        return Task.FromResult(request);
    }
}
