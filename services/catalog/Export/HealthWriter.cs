using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Google.Protobuf;

namespace Ecosystem.Catalog.Export;

/// <summary>What HealthDCAT-AP release 8 has beyond DCAT-AP.</summary>
internal sealed class HealthWriter(Statements statements, AgentWriter agents, DistributionWriter distributions)
{
    public void Write(Iri dataset, DataAsset asset)
    {
        agents.Write(dataset, HealthDcat.Hdab, asset.Hdab, isReachable: true);
        agents.Write(dataset, HealthDcat.HdabCoordinator, asset.HdabCoordinator, isReachable: true);
        agents.Write(dataset, HealthDcat.Custodian, asset.Custodian, isReachable: true);
        statements.References(dataset, HealthDcat.Category, asset.HealthCategories);
        statements.References(dataset, HealthDcat.Theme, asset.HealthThemes);
        WriteLawfulness(dataset, asset);
        WritePopulation(dataset, asset);
        WriteStructure(dataset, asset);
        WriteQuality(dataset, asset);
        foreach (Distribution sample in asset.Samples)
        {
            distributions.Write(dataset, Dcat.Sample, sample, asset.ApplicableLegislation);
        }

        foreach (Distribution figures in asset.Analytics)
        {
            distributions.Write(dataset, HealthDcat.Analytics, figures, asset.ApplicableLegislation);
        }
    }

    private void WriteLawfulness(Iri dataset, DataAsset asset)
    {
        foreach (Purpose purpose in asset.Purposes)
        {
            if (Ground(dataset, HealthDcat.Purpose, purpose.Iri, purpose, HealthDcat.PurposeClass, isNamedOnly: purpose.Description is not { Values.Count: > 0 }) is { } node)
            {
                statements.Text(node, Dcat.Description, purpose.Description);
            }
        }

        foreach (LegalBasis basis in asset.LegalBases)
        {
            bool isNamedOnly = basis.Description is not { Values.Count: > 0 } && basis.Source.Length == 0;
            if (Ground(dataset, HealthDcat.LegalBasis, basis.Iri, basis, HealthDcat.LegalBasisClass, isNamedOnly) is { } node)
            {
                statements.Text(node, Dcat.Description, basis.Description);
                statements.Reference(node, Dcat.Source, basis.Source);
            }
        }

        statements.References(dataset, HealthDcat.PersonalData, asset.PersonalData);
        statements.Period(dataset, HealthDcat.RetentionPeriod, asset.RetentionPeriod);
    }

    /// <returns>The node to describe; null when its name says it all, or it was described before.</returns>
    private Term? Ground(Iri dataset, Iri property, string iri, IMessage said, Iri type, bool isNamedOnly)
    {
        if (isNamedOnly)
        {
            statements.Reference(dataset, property, iri);
            return null;
        }

        (Term node, bool isNew) = statements.Name(iri, said);
        statements.Add(dataset, property, node);
        if (!isNew)
        {
            return null;
        }

        statements.Add(node, Dcat.Type, type);
        return node;
    }

    private void WritePopulation(Iri dataset, DataAsset asset)
    {
        statements.Count(dataset, HealthDcat.Records, asset.HasNumberOfRecords, asset.NumberOfRecords);
        Population population = asset.Population ?? new Population();
        statements.Text(dataset, HealthDcat.PopulationCoverage, population.Coverage);
        statements.Count(dataset, HealthDcat.Individuals, population.HasUniqueIndividuals, population.UniqueIndividuals);
        statements.Count(dataset, HealthDcat.MinTypicalAge, population.HasMinTypicalAge, population.MinTypicalAge);
        statements.Count(dataset, HealthDcat.MaxTypicalAge, population.HasMaxTypicalAge, population.MaxTypicalAge);
    }

    private void WriteStructure(Iri dataset, DataAsset asset)
    {
        if (asset.HasHasStructuredData)
        {
            statements.Typed(dataset, HealthDcat.HasStructuredData, asset.HasStructuredData ? "true" : "false", "boolean");
        }

        var variables = new VariableWriter(statements);
        foreach (TableGroup group in asset.Variables)
        {
            variables.Write(dataset, group);
        }

        statements.Texts(dataset, HealthDcat.CodeValues, asset.CodeValues);
        statements.References(dataset, HealthDcat.CodingSystem, asset.CodingSystems);
    }

    private void WriteQuality(Iri dataset, DataAsset asset)
    {
        foreach (QualityAnnotation annotation in asset.QualityAnnotations)
        {
            (Term node, bool isNew) = statements.Name(annotation.Iri, annotation);
            statements.Add(dataset, HealthDcat.QualityAnnotation, node);
            if (isNew)
            {
                statements.Add(node, Dcat.Type, annotation.IsCertificate ? HealthDcat.QualityCertificateClass : HealthDcat.QualityAnnotationClass);
                statements.Add(node, HealthDcat.HasTarget, dataset);
                statements.Add(node, HealthDcat.MotivatedBy, HealthDcat.QualityAssessment);
                statements.Reference(node, HealthDcat.HasBody, annotation.Body);
                statements.Text(node, Dcat.Description, annotation.Statement);
            }
        }
    }
}
