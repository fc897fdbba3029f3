using System.Globalization;
using Ecosystem.Catalog.Rules;
using Ecosystem.Grpc;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>Several requests in one (AIP-233, AIP-234): all or none, and whatever refuses one of them says which.</summary>
/// <param name="what">The sentence that begins a refusal.</param>
internal sealed class BatchedRequests(string what)
{
    public const int Most = 500;

    /// <summary>Problems that are named, so that the answer stays readable and fits into the trailers of every client; the others are counted.</summary>
    private const int MostNamed = 50;

    public void CheckCount(int count)
    {
        var violations = new Violations();
        violations.Unless(
            count is >= 1 and <= Most,
            "requests",
            $"Send 1 to {Most} requests at once; these are {count}.",
            $"Senden Sie 1 bis {Most} Anfragen auf einmal; das sind {count}.");
        violations.ThrowIfAny(what);
    }

    /// <summary>Does the same with each, and refuses only after all were looked at.</summary>
    /// <exception cref="RpcException">What is wrong with any of them.</exception>
    public async Task<IReadOnlyList<TResult>> EachAsync<TRequest, TResult>(IReadOnlyList<TRequest> requests, Func<TRequest, Task<TResult>> handle)
    {
        var results = new List<TResult>(requests.Count);
        var refusals = new List<RpcException>();
        for (int i = 0; i < requests.Count; i++)
        {
            try
            {
                results.Add(await handle(requests[i]));
            }
            catch (RpcException refusal)
            {
                refusals.Add(At(i, refusal));
            }
            catch (EventTooLargeException large)
            {
                refusals.Add(At(i, RichStatus.InvalidArgument(
                    "It is too large.",
                    ("data_asset", $"Others hear of it in one message of at most {large.Largest} bytes, and this would be {large.Size}."))));
            }
        }

        return refusals.Count == 0 ? results : throw Together(refusals);
    }

    /// <summary>Saves what came of all requests; what the store refuses, says which of them it is about.</summary>
    /// <exception cref="RpcException">ABORTED, NOT_FOUND or ALREADY_EXISTS.</exception>
    public static async Task<T> SaveAsync<T>(IReadOnlyList<DataAssetDocument> documents, Func<Task<T>> save)
    {
        try
        {
            return await save();
        }
        catch (ConcurrencyException late) when (Find(documents, late.DocumentId) is >= 0 and var index)
        {
            throw At(index, late.CurrentEtag is { } etag
                ? RichStatus.Aborted(
                    "ETAG_MISMATCH",
                    "Somebody else changed it first. Read it again, and send your change with its current etag.",
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["etag"] = etag })
                : RichStatus.NotFound("It was deleted while you changed it."));
        }
        catch (UniqueConstraintException taken) when (Find(documents, taken.DocumentId) is >= 0 and var index)
        {
            throw At(index, DataAssetRegister.IdentifierTaken(documents[index].Asset));
        }
    }

    /// <summary>A refusal that says which request it is about.</summary>
    private static RpcException At(int index, RpcException refusal)
    {
        RpcStatus status = RichStatus.Of(refusal);
        string place = string.Create(CultureInfo.InvariantCulture, $"requests[{index}]");
        return RichStatus.Create(refusal.StatusCode, $"{place}: {status.Message}", [.. status.Details.Select(detail => Placed(detail, place))]);
    }

    private static int Find(IReadOnlyList<DataAssetDocument> documents, string id) => documents.Index().FirstOrDefault(d => d.Item.Id == id, (-1, null!)).Index;

    private static IMessage Placed(Google.Protobuf.WellKnownTypes.Any detail, string place)
    {
        if (detail.TryUnpack(out BadRequest wrong))
        {
            foreach (BadRequest.Types.FieldViolation violation in wrong.FieldViolations)
            {
                violation.Field = $"{place}.{violation.Field}";
            }

            return wrong;
        }

        if (detail.TryUnpack(out ErrorInfo info))
        {
            info.Metadata["field"] = place;
            return info;
        }

        return detail;
    }

    /// <summary>Everything that is wrong at once. Where something else refuses (not there, not theirs), that comes first, one by one.</summary>
    private RpcException Together(List<RpcException> refusals)
    {
        if (refusals.Find(r => r.StatusCode != StatusCode.InvalidArgument) is { } other)
        {
            return other;
        }

        BadRequest.Types.FieldViolation[] all = [.. refusals.SelectMany(r => RichStatus.Detail<BadRequest>(RichStatus.Of(r))?.FieldViolations ?? [])];
        string sentence = all.Length == 1 ? $"{what}: one field must be mended." : $"{what}: {all.Length} fields must be mended.";
        return RichStatus.Create(
            StatusCode.InvalidArgument,
            all.Length <= MostNamed ? sentence : $"{sentence} The first {MostNamed} are named.",
            new BadRequest { FieldViolations = { all.Take(MostNamed) } });
    }
}
