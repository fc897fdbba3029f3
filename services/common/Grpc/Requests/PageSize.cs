using Google.Rpc;
using Grpc.Core;

namespace Ecosystem.Grpc;

/// <summary>
/// How large a page of a list is, the same in every contract (AIP-158): what is not said is the usual size, a larger wish is cut to the largest, and
/// a negative one is refused.
/// </summary>
public static class PageSize
{
    /// <summary>Entries on a page where the contract names no other number.</summary>
    public const int Usual = 50;

    /// <summary>Entries on a page at most where the contract names no other number.</summary>
    public const int Largest = 200;

    /// <summary>The field of the request that says it.</summary>
    public const string Field = "page_size";

    /// <summary>The size to read.</summary>
    /// <param name="requested">The <c>page_size</c> of the request; 0 when not said.</param>
    /// <param name="usual">The size when not said.</param>
    /// <param name="largest">The size that larger wishes are cut to.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT when the wish is negative.</exception>
    public static int OrRefuse(int requested, int usual = Usual, int largest = Largest)
    {
        if (requested >= 0)
        {
            return Cut(requested, usual, largest);
        }

        var (english, german) = Problem(requested, largest);
        throw RichStatus.Create(
            StatusCode.InvalidArgument,
            "The list cannot be read: one field must be mended.",
            new BadRequest
            {
                FieldViolations = { new BadRequest.Types.FieldViolation { Field = Field, Description = english, LocalizedMessage = new() { Locale = "de", Message = german } } },
            });
    }

    /// <summary>The size to read where other fields are checked as well: a negative wish counts as not said, and its <see cref="Problem"/> is told with theirs.</summary>
    /// <param name="requested">The <c>page_size</c> of the request; 0 when not said.</param>
    /// <param name="usual">The size when not said.</param>
    /// <param name="largest">The size that larger wishes are cut to.</param>
    public static int Cut(int requested, int usual = Usual, int largest = Largest) => requested <= 0 ? usual : Math.Min(requested, largest);

    /// <summary>What is wrong with a negative wish.</summary>
    /// <param name="requested">The wish.</param>
    /// <param name="largest">The largest that could be wished.</param>
    public static (string English, string German) Problem(int requested, int largest = Largest) => (
        $"A page cannot hold {requested} entries; ask for 1 to {largest}.",
        $"Eine Seite kann keine {requested} Einträge haben; möglich sind 1 bis {largest}.");
}
