using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Policy.Decisions;

/// <summary>A use somebody wants to make of data.</summary>
internal sealed record Use(string AgreementId, string DataAssetId, string Action, string Purpose)
{
    /// <summary>What the connector states of it.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];
}

/// <summary>A use and who asks for it.</summary>
internal sealed record Question(Use Use, Caller Caller)
{
    /// <summary>What registered sources told of it.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    private const int LongestTerm = 500;

    /// <param name="prefix">Where the question stands in a longer one, such as <c>requests[2].</c>.</param>
    public static Question Of(DecideRequest request, Caller caller, string prefix = "")
    {
        (string Field, string Value, string Problem)[] required =
        [
            ("agreement_id", request.AgreementId, "Name the agreement that shall permit the use."),
            ("data_asset_id", request.DataAssetId, "Name the data asset."),
            ("action", request.Action, "State the ODRL action, for example 'use' or 'read'."),
            ("purpose", request.Purpose, "State the purpose as an IRI."),
        ];
        var violations = required.Where(field => string.IsNullOrWhiteSpace(field.Value)).Select(field => (prefix + field.Field, field.Problem))
            .Concat(required.Where(field => field.Value.Length > LongestTerm).Select(field => (prefix + field.Field, Problem: $"At most {LongestTerm} characters.")))
            .ToArray();
        return violations.Length == 0
            ? new(new(request.AgreementId, request.DataAssetId, ActionIri(request.Action), request.Purpose) { Statements = ConnectorTerms.Read(request.Statements, prefix) }, caller)
            : throw RichStatus.InvalidArgument("The question is incomplete.", violations);
    }

    public static string ActionIri(string action) => action switch
    {
        _ when action.StartsWith("odrl:", StringComparison.Ordinal) => OdrlTerms.Namespace + action["odrl:".Length..],
        _ when action.Contains(':', StringComparison.Ordinal) => action,
        _ => OdrlTerms.Namespace + action,
    };
}
