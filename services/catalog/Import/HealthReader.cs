using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>What HealthDCAT-AP release 8 has beyond DCAT-AP.</summary>
internal sealed class HealthReader(Graph graph, AgentReader agents, DistributionReader distributions)
{
    public static readonly IReadOnlySet<Iri> Known = new HashSet<Iri>
    {
        HealthDcat.Hdab, HealthDcat.HdabCoordinator, HealthDcat.Custodian, HealthDcat.Category, HealthDcat.Theme, HealthDcat.HasStructuredData,
        HealthDcat.HasVariables, HealthDcat.Analytics, HealthDcat.CodeValues, HealthDcat.CodingSystem, HealthDcat.MinTypicalAge, HealthDcat.MaxTypicalAge,
        HealthDcat.Records, HealthDcat.Individuals, HealthDcat.PopulationCoverage, HealthDcat.RetentionPeriod, HealthDcat.Purpose, HealthDcat.LegalBasis,
        HealthDcat.PersonalData, HealthDcat.QualityAnnotation, Dcat.Sample,
    };

    public void Read(Term subject, DataAsset asset, List<string> remarks)
    {
        asset.Hdab = agents.Read(subject, HealthDcat.Hdab);
        asset.HdabCoordinator = agents.Read(subject, HealthDcat.HdabCoordinator);
        asset.Custodian = agents.Read(subject, HealthDcat.Custodian);
        asset.HealthCategories.AddRange(graph.Texts(subject, HealthDcat.Category));
        asset.HealthThemes.AddRange(graph.Texts(subject, HealthDcat.Theme));
        asset.PersonalData.AddRange(graph.Texts(subject, HealthDcat.PersonalData));
        asset.RetentionPeriod = graph.Period(subject, HealthDcat.RetentionPeriod, remarks);
        asset.Purposes.AddRange(graph.Objects(subject, HealthDcat.Purpose).Select(node => new Purpose
        {
            Iri = NameOf(node),
            Description = graph.Localized(node, Dcat.Description),
        }));
        asset.LegalBases.AddRange(graph.Objects(subject, HealthDcat.LegalBasis).Select(node => new LegalBasis
        {
            Iri = NameOf(node),
            Description = graph.Localized(node, Dcat.Description),
            Source = graph.Text(node, Dcat.Source),
        }));
        asset.Samples.AddRange(distributions.Read(subject, Dcat.Sample, asset.ApplicableLegislation, remarks));
        asset.Analytics.AddRange(distributions.Read(subject, HealthDcat.Analytics, asset.ApplicableLegislation, remarks));
        asset.QualityAnnotations.AddRange(graph.Objects(subject, HealthDcat.QualityAnnotation).Select(AnnotationOf));
        ReadPopulation(subject, asset, remarks);
        ReadStructure(subject, asset, remarks);
    }

    private void ReadPopulation(Term subject, DataAsset asset, List<string> remarks)
    {
        if (graph.Count(subject, HealthDcat.Records, remarks) is { } records)
        {
            asset.NumberOfRecords = records;
        }

        var population = new Population { Coverage = graph.Localized(subject, HealthDcat.PopulationCoverage) };
        if (graph.Count(subject, HealthDcat.Individuals, remarks) is { } people)
        {
            population.UniqueIndividuals = people;
        }

        if (graph.Count(subject, HealthDcat.MinTypicalAge, remarks) is { } youngest)
        {
            population.MinTypicalAge = (int)Math.Min(youngest, int.MaxValue);
        }

        if (graph.Count(subject, HealthDcat.MaxTypicalAge, remarks) is { } oldest)
        {
            population.MaxTypicalAge = (int)Math.Min(oldest, int.MaxValue);
        }

        asset.Population = population.Equals(new Population()) ? null : population;
    }

    private void ReadStructure(Term subject, DataAsset asset, List<string> remarks)
    {
        if (graph.Flag(subject, HealthDcat.HasStructuredData, remarks) is { } isStructured)
        {
            asset.HasStructuredData = isStructured;
        }

        asset.Variables.AddRange(new VariableReader(graph).Read(subject));
        asset.CodeValues.AddRange(graph.Texts(subject, HealthDcat.CodeValues));
        asset.CodingSystems.AddRange(graph.Texts(subject, HealthDcat.CodingSystem));
    }

    private QualityAnnotation AnnotationOf(Term node) => new()
    {
        Iri = NameOf(node),
        Body = graph.Text(node, HealthDcat.HasBody),
        IsCertificate = graph.Contains(new Triple(node, Dcat.Type, HealthDcat.QualityCertificateClass)),
        Statement = graph.Localized(node, Dcat.Description),
    };

    private static string NameOf(Term node) => (node as Iri)?.Value ?? string.Empty;
}
