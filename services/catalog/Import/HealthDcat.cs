using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>The terms that HealthDCAT-AP release 8 adds to DCAT-AP.</summary>
internal static class HealthDcat
{
    private const string Space = Namespaces.HealthDcatAp;

    public static readonly Iri Hdab = new(Space + "hdab");
    public static readonly Iri HdabCoordinator = new(Space + "hdabCoordinator");
    public static readonly Iri Category = new(Space + "healthCategory");
    public static readonly Iri Theme = new(Space + "healthTheme");
    public static readonly Iri HasStructuredData = new(Space + "hasStructuredData");
    public static readonly Iri HasVariables = new(Space + "hasVariables");
    public static readonly Iri Analytics = new(Space + "analytics");
    public static readonly Iri CodeValues = new(Space + "hasCodeValues");
    public static readonly Iri CodingSystem = new(Space + "hasCodingSystem");
    public static readonly Iri MinTypicalAge = new(Space + "minTypicalAge");
    public static readonly Iri MaxTypicalAge = new(Space + "maxTypicalAge");
    public static readonly Iri Records = new(Space + "numberOfRecords");
    public static readonly Iri Individuals = new(Space + "numberOfUniqueIndividuals");
    public static readonly Iri PopulationCoverage = new(Space + "populationCoverage");
    public static readonly Iri RetentionPeriod = new(Space + "retentionPeriod");
    public static readonly Iri Custodian = new(Namespaces.GeoDcatAp + "custodian");

    public static readonly Iri PurposeClass = new(Namespaces.Dpv + "Purpose");
    public static readonly Iri LegalBasisClass = new(Namespaces.Dpv + "LegalBasis");
    public static readonly Iri Purpose = new(Namespaces.Dpv + "hasPurpose");
    public static readonly Iri LegalBasis = new(Namespaces.Dpv + "hasLegalBasis");
    public static readonly Iri PersonalData = new(Namespaces.Dpv + "hasPersonalData");

    public static readonly Iri QualityAnnotation = new(Namespaces.Dqv + "hasQualityAnnotation");
    public static readonly Iri QualityAnnotationClass = new(Namespaces.Dqv + "QualityAnnotation");
    public static readonly Iri QualityCertificateClass = new(Namespaces.Dqv + "QualityCertificate");
    public static readonly Iri QualityAssessment = new(Namespaces.Dqv + "qualityAssessment");
    public static readonly Iri HasTarget = new(Namespaces.OpenAnnotation + "hasTarget");
    public static readonly Iri HasBody = new(Namespaces.OpenAnnotation + "hasBody");
    public static readonly Iri MotivatedBy = new(Namespaces.OpenAnnotation + "motivatedBy");

    public static readonly Iri TableGroup = new(Namespaces.Csvw + "TableGroup");
    public static readonly Iri TableClass = new(Namespaces.Csvw + "Table");
    public static readonly Iri ColumnClass = new(Namespaces.Csvw + "Column");
    public static readonly Iri Table = new(Namespaces.Csvw + "table");
    public static readonly Iri Column = new(Namespaces.Csvw + "column");
    public static readonly Iri Url = new(Namespaces.Csvw + "url");
    public static readonly Iri Name = new(Namespaces.Csvw + "name");
    public static readonly Iri Title = new(Namespaces.Csvw + "title");
    public static readonly Iri Datatype = new(Namespaces.Csvw + "datatype");
    public static readonly Iri PropertyUrl = new(Namespaces.Csvw + "propertyUrl");
}
