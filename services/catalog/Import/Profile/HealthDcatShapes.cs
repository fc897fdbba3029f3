namespace Ecosystem.Catalog.Import.Profile;

/// <summary>
/// What the SHACL shapes of HealthDCAT-AP release 8 and DCAT-AP 3.0.1 ask of each class, as one table. A line is: property, kind of value
/// (<c>iri</c>, <c>node</c>, <c>literal</c>, <c>date</c>, <c>any</c> or a data type of XML Schema), how many, and what else a value must be: a shape of
/// this table, or a class after <c>a:</c>. <c>!</c> after the number: only of data that are not public. A test holds it against the official shapes.
/// </summary>
internal static class HealthDcatShapes
{
    public static readonly IReadOnlyList<NodeShape> All = ShapeTable.Read("""
        Dataset dcat:Dataset
          dct:title literal 1..*
          dct:description literal 1..*
          dct:identifier literal 1..*
          dct:accessRights node 1..1
          dcatap:applicableLegislation iri 1..*
          dcat:distribution node 1..* Distribution
          adms:sample node 0..* Distribution
          healthdcatap:analytics any 0..* Distribution
          dct:publisher node 0..1 HealthPublisher
          healthdcatap:hdab node 1..1 HealthAgent
          healthdcatap:hdabCoordinator node 0..1 HealthAgent
          geodcatap:custodian node 0..1 HealthAgent
          dct:creator node 0..*
          dcat:contactPoint node 1..*!
          dcat:keyword literal 1..*!
          dct:type node 1..*!
          dct:provenance node 1..*!
          dcat:theme iri 1..*
          healthdcatap:healthCategory iri 1..*
          healthdcatap:healthTheme node 0..*
          dpv:hasPurpose node 0..*
          healthdcatap:hasStructuredData boolean 1..1
          healthdcatap:hasVariables any 0..* TableGroup
          healthdcatap:hasCodeValues literal 0..*
          healthdcatap:hasCodingSystem node 0..*
          healthdcatap:minTypicalAge nonNegativeInteger 0..1
          healthdcatap:maxTypicalAge nonNegativeInteger 0..1
          healthdcatap:numberOfRecords nonNegativeInteger 0..1
          healthdcatap:numberOfUniqueIndividuals nonNegativeInteger 0..1
          healthdcatap:populationCoverage literal 0..*
          healthdcatap:retentionPeriod any 0..1 PeriodOfTime
          dct:alternative literal 0..*
          dct:conformsTo node 0..*
          foaf:page node 0..*
          dct:accrualPeriodicity node 0..1
          dct:spatial node 0..*
          dct:hasVersion node 0..*
          dcat:inSeries node 0..*
          dct:isReferencedBy node 0..*
          dcat:landingPage node 0..*
          dct:language node 0..*
          dct:modified any 0..1
          dct:issued any 0..1
          adms:identifier node 0..*
          prov:qualifiedAttribution node 0..*
          dcat:qualifiedRelation node 0..*
          dct:relation node 0..*
          dct:source node 0..*
          dcat:spatialResolutionInMeters decimal 0..1
          dct:temporal node 0..*
          dcat:temporalResolution duration 0..1
          dcat:version literal 0..1
          adms:versionNotes literal 0..*
          prov:wasGeneratedBy node 0..*
        Distribution dcat:Distribution
          dcat:accessURL node 1..*
          dcatap:applicableLegislation iri 1..*
          dcatap:availability node 0..1
          dcat:accessService node 0..*
          dcat:byteSize nonNegativeInteger 0..1
          spdx:checksum node 0..1
          dcat:compressFormat node 0..1
          dct:description literal 0..*
          foaf:page node 0..*
          dcat:downloadURL node 0..*
          dct:format node 0..1
          dct:language node 0..*
          dct:license node 0..1
          dct:conformsTo node 0..*
          dcat:mediaType node 0..1
          dct:modified date 0..1
          dct:issued date 0..1
          dcat:packageFormat node 0..1
          dct:rights node 0..1
          dcat:spatialResolutionInMeters decimal 0..1
          adms:status node 0..1
          dcat:temporalResolution duration 0..1
          dct:title literal 0..*
        Agent foaf:Agent
          foaf:name literal 1..*
          dct:type any 0..1
        HealthAgent -
          cv:contactPoint any 1..1 a:cv:ContactPoint
        HealthPublisher -
          cv:contactPoint any 1..1 a:cv:ContactPoint
          dct:description literal 0..1
        ContactPoint cv:ContactPoint
          cv:email literal 0..*
          cv:contactPage iri 0..*
          cv:telephone literal 0..*
          cv:openingHours node 0..* a:time:TemporalEntity
          cv:specialOpeningHoursSpecification node 0..* a:time:TemporalEntity
          cv:email|cv:contactPage any 1..*
        TemporalEntity time:TemporalEntity
          dct:description literal 1..*
          cv:frequency iri 0..* a:dct:Frequency
        Kind vcard:Kind
          vcard:hasURL iri 0..1
          vcard:hasEmail iri 0..1
          vcard:hasURL|vcard:hasEmail any 1..*
        TableGroup csvw:TableGroup
          csvw:table any 1..*
          dct:title literal 1..*
        Table csvw:Table
          csvw:url iri 0..1
          dct:title literal 1..*
          dcat:keyword literal 0..*
          csvw:column node 1..* Column
        Column csvw:Column
          csvw:name literal 1..1
          dct:description literal 1..*
          csvw:title literal 1..*
          csvw:datatype literal 1..1
          csvw:propertyUrl iri 0..1
        PeriodOfTime dct:PeriodOfTime
          dcat:startDate any 0..1
          dcat:endDate any 0..1
          time:hasBeginning any 0..1
          time:hasEnd any 0..1
        Checksum spdx:Checksum
          spdx:algorithm any 1..1
          spdx:checksumValue hexBinary 1..1
        Identifier adms:Identifier
          skos:notation any 0..1
        Concept skos:Concept
          skos:prefLabel literal 1..*
        """);
}
