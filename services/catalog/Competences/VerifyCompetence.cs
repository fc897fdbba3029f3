using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Kind = Ecosystem.Catalog.V1.Evidence.Types.Kind;

namespace Ecosystem.Catalog.Competences;

/// <summary>An operator has looked at the evidence of a competence.</summary>
internal sealed class VerifyCompetence(IDocumentStore store, CompetenceRegister register, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    public async Task<Competence> HandleAsync(VerifyCompetenceRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        CompetenceDocument document = await CompetenceRegister.FindAsync(session, request.Id, ct);
        if (caller.Organisation == document.Competence.Provider.Id)
        {
            throw RichStatus.PermissionDenied("OWN_COMPETENCE", "Nobody verifies what its own organisation offers; ask another operator.");
        }

        Check(request, document.Competence);
        session.Expect(document, request.Etag);
        Competence before = document.Competence;
        document.Competence = before.Clone();
        document.Competence.Verification = new Verification
        {
            OrganisationId = caller.Organisation,
            VerifyTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            ExpireTime = request.ExpireTime,
            Note = request.Note,
        };
        return await register.SaveAsync(session, document, before, new Deed(ResourceChange.Types.Kind.Verified, caller, request.Note), ct);
    }

    private void Check(VerifyCompetenceRequest request, Competence competence)
    {
        DateTimeOffset now = time.GetUtcNow();
        var violations = new Violations();
        violations.Unless(request.Etag.Length > 0, "etag", "Send the etag of what you looked at.", "Schicken Sie das ETag dessen, was Sie geprüft haben.");
        violations.RequireText("note", request.Note, 2_000);
        violations.Unless(
            TimeRules.IsValid(request.ExpireTime) && request.ExpireTime is { } end && end.ToDateTimeOffset() > now && end.ToDateTimeOffset() <= now + Longest,
            "expire_time",
            "Say until when the verification holds: in the future, two years at most.",
            "Sagen Sie, bis wann die Prüfung gilt: in der Zukunft, höchstens zwei Jahre.");
        for (int i = 0; i < competence.Evidence.Count; i++)
        {
            Evidence evidence = competence.Evidence[i];
            violations.Unless(
                evidence.Kind != Kind.Benchmark || evidence.Figures.Count > 0,
                $"evidence[{i}].figures",
                "A benchmark without figures proves nothing; the provider must add them first.",
                "Ein Vergleichstest ohne Kennzahlen beweist nichts; der Anbieter muss sie erst ergänzen.");
            violations.Unless(
                evidence.ExpireTime is not { } valid || (valid.ToDateTimeOffset() > now && (request.ExpireTime is null || request.ExpireTime <= valid)),
                $"evidence[{i}].expire_time",
                "The proof expires before the verification would.",
                "Der Nachweis läuft ab, bevor die Prüfung es täte.");
        }

        violations.ThrowIfAny("The competence cannot be verified");
    }
}
