using Ecosystem.Catalog.Rules;
using Ecosystem.Common.V1;
using Google.Protobuf;

namespace Ecosystem.Catalog.History;

/// <summary>Why something is changed, in a sentence that comes with the request.</summary>
internal static class Reasons
{
    private const int Longest = 2_000;

    private static readonly HashSet<string> Reason = ["reason"];

    /// <summary>The reason of a request for the history; its language is not known.</summary>
    /// <exception cref="global::Grpc.Core.RpcException">INVALID_ARGUMENT: it is too long, or records in disguise.</exception>
    public static LocalizedText? Of(IMessage request, string reason, string what)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return null;
        }

        var violations = new Violations();
        violations.CheckLine("reason", reason, Longest);
        NeverData.Check(request, Reason, violations);
        violations.ThrowIfAny(what);
        return new LocalizedText { Values = { [string.Empty] = reason } };
    }
}
