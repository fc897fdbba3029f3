using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Grpc.Core;

namespace Ecosystem.Policy.Terms;

/// <summary>Terms for people: made of answers, read as text, tried before they are published. Nothing is kept.</summary>
internal sealed class TermsCalls(InformationSources sources, IIdSource ids, TimeProvider time) : TermsService.TermsServiceBase
{
    public override Task<ListTermsTemplatesResponse> ListTermsTemplates(ListTermsTemplatesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListTermsTemplatesResponse { Templates = { TermsTemplates.All.Select(Present) } });

    public override async Task<V1.Terms> FillTermsTemplate(FillTermsTemplateRequest request, ServerCallContext context)
    {
        var form = TermsTemplates.All.FirstOrDefault(form => form.Id == request.TemplateId)
            ?? throw RichStatus.NotFound($"There is no template '{request.TemplateId}'.");
        if (request.Uid.Length > 0 && !Uri.TryCreate(request.Uid, UriKind.Absolute, out _))
            throw RichStatus.InvalidArgument("The policy cannot be named so.", ("uid", "An absolute IRI, or nothing."));
        var policy = form.Fill(request.Answers, request.Uid.Length > 0 ? request.Uid : $"urn:uuid:{ids.Next()}");

        // What was made is read back: an answer that makes no policy is found here and not by the holder.
        var json = OdrlWriter.Write(policy);
        return Describe(Read(json, "answers"), json, await AnsweredAsync(context));
    }

    public override async Task<V1.Terms> ExplainTerms(ExplainTermsRequest request, ServerCallContext context)
    {
        var policy = Read(request.PolicyJson, "policy_json");
        return Describe(policy, OdrlWriter.Write(policy), await AnsweredAsync(context));
    }

    public override Task<TryTermsResponse> TryTerms(TryTermsRequest request, ServerCallContext context) =>
        Task.FromResult(TermsTrial.Of(Read(request.PolicyJson, "policy_json"), request, time.GetUtcNow()));

    // Whoever is logged in as a holder also has the own sources.
    private Task<IReadOnlySet<string>> AnsweredAsync(ServerCallContext context) => sources.AnsweredAsync(context.GetCaller().Organisation, context.CancellationToken);

    private static OdrlPolicy Read(string json, string field)
    {
        try
        {
            return OdrlReader.Parse(json);
        }
        catch (OdrlFormatException unreadable)
        {
            var place = unreadable.Line is { } line ? $"line {line}" : unreadable.Path;
            throw RichStatus.InvalidArgument("The terms cannot be read.", (field, $"{place}: {unreadable.Problem.English} / {unreadable.Problem.German}"));
        }
    }

    private static V1.Terms Describe(OdrlPolicy policy, string json, IReadOnlySet<string> answeredBySources)
    {
        var findings = PolicyCheck.Of(policy, ConnectorTerms.DecidableWith(answeredBySources));
        return new()
        {
            PolicyJson = json,
            PolicySha256 = PolicyText.Sha256(json),
            Text = { PolicyDescription.Of(policy).Select(sentence => sentence.Localized()) },
            Problems = { findings.Select(finding => new Reason { Code = CodeOf(finding.Kind), Sentence = finding.Sentence.Localized() }) },
            Usable = findings.Count < policy.Permissions.Count,
            Stated = { policy.Permissions.SelectMany(ConnectorTerms.ConditionsOf).Distinct().Select(ConnectorTerms.Present) },
        };
    }

    private static string CodeOf(FindingKind kind) => kind switch
    {
        FindingKind.Contradictory => "CONTRADICTORY",
        FindingKind.Overruled => "OVERRULED",
        FindingKind.Undecidable => "UNDECIDABLE_HERE",
        FindingKind.UnknownProfile => "UNKNOWN_PROFILE",
        FindingKind.IncompleteInheritance => "INHERITED_TERMS_MISSING",
        FindingKind.DateWithoutZone => "DATE_WITHOUT_ZONE",
        _ => "UNKNOWN_ACTION",
    };

    private static TermsTemplate Present(TermsForm form) => new()
    {
        Id = form.Id,
        UsageClass = form.UsageClass,
        Title = form.Title.Localized(),
        Enforcement = form.Enforcement,
        Questions = { form.Questions.Select(asked => new TermsQuestion { Id = asked.Id, Kind = asked.Kind, Text = asked.Text.Localized(), Example = asked.Example }) },
    };
}
