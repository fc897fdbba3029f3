using Ecosystem.Grpc;

namespace Ecosystem.Matching.Proposals;

/// <summary>What every request for proposals must state; all that is wrong is said at once.</summary>
internal static class ProposalRequest
{
    private const int Most = 50;
    private const int MostByDefault = 10;

    /// <summary>How many proposals are asked for.</summary>
    /// <exception cref="global::Grpc.Core.RpcException">INVALID_ARGUMENT with a violation for each field.</exception>
    public static int Check((string Field, string Value) id, string purpose, int maxResults)
    {
        var violations = new List<(string Field, string Problem)>();
        if (string.IsNullOrWhiteSpace(id.Value)) violations.Add((id.Field, "State the id that the catalogue gave."));
        if (string.IsNullOrWhiteSpace(purpose))
        {
            violations.Add((
                "purpose",
                "State the purpose of the use as an IRI, for example https://w3id.org/dpv#ScientificResearch: whether a pair is of use depends on it."));
        }
        else if (!Uri.TryCreate(purpose, UriKind.Absolute, out _) || purpose.Any(char.IsWhiteSpace))
        {
            violations.Add(("purpose", $"'{Shorten(purpose)}' is no IRI. State one, for example https://w3id.org/dpv#ScientificResearch."));
        }
        return Check(violations, maxResults);
    }

    /// <summary>As above, where the purposes are known already.</summary>
    public static int Check((string Field, string Value) id, int maxResults)
    {
        var violations = new List<(string Field, string Problem)>();
        if (string.IsNullOrWhiteSpace(id.Value)) violations.Add((id.Field, "State the id that the service gave."));
        return Check(violations, maxResults);
    }

    private static int Check(List<(string Field, string Problem)> violations, int maxResults)
    {
        if (maxResults is < 0 or > Most) violations.Add(("max_results", $"Ask for 1 to {Most} proposals, or leave it out for {MostByDefault}."));
        if (violations.Count > 0) throw RichStatus.InvalidArgument("The request for proposals is incomplete or wrong.", [.. violations]);
        return maxResults == 0 ? MostByDefault : maxResults;
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
