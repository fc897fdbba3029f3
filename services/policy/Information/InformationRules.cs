using Ecosystem.Grpc;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Policy.Information;

/// <summary>What a source must state, and what is taken where it states nothing.</summary>
internal static class InformationRules
{
    private const int MostOperands = 20;
    private const int MostRemembered = 10_000;
    private const int LongestTitle = 200;
    private const int LongestTerm = 500;
    private const int LongestAddress = 2000;
    private const int LongestKey = 4000;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    /// <summary>The source with everything filled in that may be absent.</summary>
    /// <exception cref="global::Grpc.Core.RpcException">Something is missing or out of range; everything is named.</exception>
    public static InformationSource Complete(InformationSource? stated, InformationOptions options)
    {
        var source = stated?.Clone() ?? new();
        var operands = source.LeftOperands.Select(Question.ActionIri).Distinct(StringComparer.Ordinal).ToList();
        source.LeftOperands.Clear();
        source.LeftOperands.Add(operands);
        source.Timeout ??= Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        source.TimeToLive ??= Duration.FromTimeSpan(TimeSpan.FromMinutes(1));
        source.MostRemembered = source.MostRemembered == 0 ? 1000 : source.MostRemembered;
        var violations = ProblemsOf(source, options).Select(problem => ($"information_source.{problem.Field}", problem.Problem)).ToArray();
        return violations.Length == 0 ? source : throw RichStatus.InvalidArgument("The source cannot be registered.", violations);
    }

    private static IEnumerable<(string Field, string Problem)> ProblemsOf(InformationSource source, InformationOptions options)
    {
        if (source.Title.Trim().Length is 0 or > LongestTitle)
            yield return ("title", $"Name the source in at most {LongestTitle} characters; refusals will name it so.");
        foreach (var problem in AddressProblemsOf(source, options))
            yield return problem;
        if (source.LeftOperands.Count is 0 or > MostOperands || source.LeftOperands.Any(operand => operand.Length is 0 or > LongestTerm))
            yield return ("left_operands", $"Between 1 and {MostOperands} left operands of at most {LongestTerm} characters.");
        if (source.LeftOperands.FirstOrDefault(UseRules.Decidable.Contains) is { } own)
            yield return ("left_operands", $"'{own}' is decided on what the service knows itself.");
        if (!IsWithin(source.Timeout, ShortestWait, LongestWait))
            yield return ("timeout", $"Between {ShortestWait.TotalMilliseconds:0} milliseconds and {LongestWait.TotalSeconds:0} seconds.");
        if (!IsWithin(source.TimeToLive, TimeSpan.Zero, LongestLife))
            yield return ("time_to_live", "Between 0 and a day.");
        if (source.MostRemembered is < 1 or > MostRemembered)
            yield return ("most_remembered", $"Between 1 and {MostRemembered}.");
        if (source.AccessKey.Length > LongestKey || source.AccessKey.Any(letter => letter is < '!' or > '~'))
            yield return ("access_key", $"At most {LongestKey} printable ASCII characters without spaces.");
    }

    private static IEnumerable<(string Field, string Problem)> AddressProblemsOf(InformationSource source, InformationOptions options)
    {
        var (field, address) = source.AddressCase is InformationSource.AddressOneofCase.GrpcAddress ? ("grpc_address", source.GrpcAddress) : ("http_address", source.HttpAddress);
        if (address.Length is 0 or > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            yield return (field, "State where the source is, as an absolute address: grpc_address or http_address.");
            yield break;
        }

        if (uri.Scheme != "https" && !(uri.Scheme == "http" && options.AllowPrivateAddresses))
            yield return (field, "The address must begin with https://: what it answers decides about access.");
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            yield return (field, "Without user name, password and fragment; what the source wants to see goes into access_key.");
    }

    private static bool IsWithin(Duration stated, TimeSpan least, TimeSpan most) =>
        stated.Seconds >= 0 && stated.Nanos >= 0 && stated.Seconds <= most.TotalSeconds + 1 && stated.ToTimeSpan() is var span && span >= least && span <= most;
}
