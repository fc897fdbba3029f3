using System.Text;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Ecosystem.ServiceDefaults.Identity;
using Outcome = Ecosystem.Catalog.V1.ImportedRecord.Types.Outcome;

namespace Ecosystem.Catalog.Import;

/// <summary>A holder brings the catalogue it already has.</summary>
internal sealed class ImportDataAssets(RecordIntake intake)
{
    private const int LargestDocument = 8 * 1024 * 1024;

    public async Task<ImportDataAssetsResponse> HandleAsync(ImportDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        var terms = new IntakeTerms
        {
            Holder = caller.OrganisationOrRefuse(),
            By = caller,
            HealthCategories = request.DefaultHealthCategories,
            ValidateOnly = request.ValidateOnly,
        };
        Check(request);
        RdfReading reading = RdfDocuments.Read(request.Turtle.Length > 0 ? request.Turtle : request.Document, request.Format, new RdfReaderOptions
        {
            BaseIri = request.BaseIri.Length > 0 ? request.BaseIri : null,
            MaxCharacters = LargestDocument,
        });

        var response = new ImportDataAssetsResponse();
        response.Records.AddRange(reading.Problems.Select(Unreadable));
        foreach (DcatRecord record in new DcatReader(reading.Graph, request.DefaultProtectionNeed).Records())
        {
            response.Records.Add(await intake.TakeInAsync(record, terms, ct));
        }

        response.Created = response.Records.Count(r => r.Outcome == Outcome.Created);
        response.Updated = response.Records.Count(r => r.Outcome == Outcome.Updated);
        response.Unchanged = response.Records.Count(r => r.Outcome == Outcome.Unchanged);
        response.Refused = response.Records.Count(r => r.Outcome == Outcome.Refused);
        return response;
    }

    /// <summary>What is said of a statement that cannot be read.</summary>
    public static ImportedRecord Unreadable(RdfProblem problem)
    {
        string place = $"line {problem.Line}, column {problem.Column}";
        return new ImportedRecord
        {
            Source = problem.Subject?.Value ?? place,
            Outcome = Outcome.Refused,
            Remarks =
            {
                $"The statement that starts in line {problem.StatementLine} cannot be read ({place}): {problem.Message}",
                problem.ResumedAtLine is { } line ? $"Reading went on in line {line}." : "The rest of the document could not be read.",
            },
        };
    }

    private static void Check(ImportDataAssetsRequest request)
    {
        var violations = new Violations();
        violations.Unless(
            !string.IsNullOrWhiteSpace(request.Turtle) || !string.IsNullOrWhiteSpace(request.Document),
            "turtle",
            "The catalogue is required: DCAT-AP as Turtle, or another format in 'document'.",
            "Der Katalog fehlt: DCAT-AP als Turtle, oder ein anderes Format in 'document'.");
        violations.Unless(
            request.Turtle.Length == 0 || (request.Document.Length == 0 && request.Format is RdfFormat.Unspecified or RdfFormat.Turtle),
            "document",
            "Send the catalogue once: as 'turtle', or as 'document' with its 'format'.",
            "Senden Sie den Katalog einmal: als 'turtle' oder als 'document' mit seinem 'format'.");
        violations.Unless(Enum.IsDefined(request.Format), "format", "This format is not known.", "Dieses Format ist nicht bekannt.");
        CheckSize("turtle", request.Turtle, violations);
        CheckSize("document", request.Document, violations);
        violations.CheckIri("base_iri", request.BaseIri);
        violations.Unless(Enum.IsDefined(request.DefaultProtectionNeed), "default_protection_need", "This protection need is not known.", "Dieser Schutzbedarf ist nicht bekannt.");
        violations.CheckIris("default_health_categories", request.DefaultHealthCategories);
        violations.ThrowIfAny("The catalogue cannot be imported");
    }

    private static void CheckSize(string field, string document, Violations violations) => violations.Unless(
        Encoding.UTF8.GetByteCount(document) <= LargestDocument,
        field,
        $"At most {LargestDocument / 1024 / 1024} MiB are allowed; send larger catalogues in parts.",
        $"Höchstens {LargestDocument / 1024 / 1024} MiB sind erlaubt; senden Sie größere Kataloge in Teilen.");
}
