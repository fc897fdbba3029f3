using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Google.Rpc;
using Grpc.Core;

namespace Ecosystem.Catalog.Tests;

internal static class Examples
{
    public const string HealthRecords = "https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/EHRS";

    public static LocalizedText Text(string german, string? english = null)
    {
        var text = new LocalizedText { Values = { ["de"] = german } };
        if (english is not null)
        {
            text.Values["en"] = english;
        }

        return text;
    }

    public static DataAsset DataAsset(string title = "Thorax-CT-Aufnahmen", string identifier = "") => new()
    {
        Identifier = identifier,
        Title = Text(title),
        Description = Text("Pseudonymisierte Aufnahmen des Brustkorbs mit Befund."),
        Keywords = { new Keyword { Text = "Radiologie", Language = "de" } },
        Themes = { "http://publications.europa.eu/resource/authority/data-theme/HEAL" },
        HealthCategories = { HealthRecords },
        Types_ = { "http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL" },
        Provenance = { Text("Aus der Routinedokumentation der Radiologie.") },
        Contact = new Agent { Name = "Datenstelle", Url = "https://klinikum.example.org/datenstelle" },
        HasStructuredData = false,
        ProtectionNeed = ProtectionNeed.High,
        ProtectionReason = "Pseudonymisierte Gesundheitsdaten",
        AccessRights = AccessRights.NonPublic,
        Areas = { new Area { Key = "05911000" } },
        Modalities = { "image" },
        Distributions = { new Distribution { AccessUrl = "https://connector.example.org/thorax-ct" } },
    };

    public static Competence Competence(string title = "Erkennung von Lungenrundherden") => new()
    {
        Title = Text(title),
        Description = Text("Segmentierung von Rundherden in CT-Aufnahmen."),
        Methods = { "segmentation" },
        Modalities = { "image" },
        Evidence =
        {
            new Evidence
            {
                Kind = Evidence.Types.Kind.Benchmark, Statement = "Sensitivität 0,91 auf LUNA16.",
                Figures = { new Figure { Name = "sensitivity", Value = 0.91, DataSet = "LUNA16" } },
            },
        },
    };

    public static Solution Solution(string title = "Wundkamera für die Pflege") => new()
    {
        Title = Text(title),
        Description = Text("Pflegedienste fotografieren Wunden; der Verlauf wird ausgewertet."),
        Status = V1.Solution.Types.Status.Product,
        Evidence = { new Evidence { Kind = Evidence.Types.Kind.Publication, Statement = "Kürzere Heilung in einer Studie mit 120 Personen." } },
        TargetGroups = { "Pflegedienste" },
        PointsOfCare = { "home" },
        Languages = { "de", "tr", "de-simple" },
        Areas = { new Area { Key = "05911000" } },
        Reimbursement = new() { Payer = Reimbursement.Types.Payer.SelectiveContract },
    };

    public static ReferenceProject ReferenceProject(string title = "Gesund aufwachsen in der Nordstadt") => new()
    {
        Title = Text(title),
        Description = Text("Kinderärzte und Kitas erkennen Entwicklungsrisiken gemeinsam früher."),
        Status = V1.ReferenceProject.Types.Status.Finished,
        Areas = { new Area { Key = "05913000" } },
        Results = Text("Früherer Förderbeginn bei jedem dritten Kind."),
        Reach = new() { People = 1_400, Institutions = 23 },
        Partners = { "Gesundheitsamt (Beispiel)" },
    };

    public const string Terms = """
        {
          "@context": "http://www.w3.org/ns/odrl.jsonld",
          "@type": "Offer",
          "uid": "https://example.org/offers/1",
          "permission": [{
            "target": "https://example.org/data/1",
            "action": "use",
            "constraint": [{ "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "https://w3id.org/dpv#ScientificResearch" } }],
            "duty": [{ "action": "anonymize" }]
          }]
        }
        """;

    /// <summary>The error of a call that must fail.</summary>
    public static async Task<RpcException> RefusedAsync<T>(AsyncUnaryCall<T> call, StatusCode code)
    {
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(code, refused.StatusCode);
        return refused;
    }

    public static string[] Fields(RpcException refused) =>
        [.. RichStatus.Detail<BadRequest>(RichStatus.Of(refused))!.FieldViolations.Select(v => v.Field)];

    public static string Problem(RpcException refused, string field) =>
        RichStatus.Detail<BadRequest>(RichStatus.Of(refused))!.FieldViolations.Single(v => v.Field == field).Description;
}
