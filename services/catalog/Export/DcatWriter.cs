using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Export;

/// <summary>Says in HealthDCAT-AP release 8 what an asset says; the counterpart of <see cref="DcatReader"/>.</summary>
internal sealed class DcatWriter
{
    private readonly Statements _statements;
    private readonly AgentWriter _agents;
    private readonly DistributionWriter _distributions;
    private readonly HealthWriter _health;

    public DcatWriter(Graph graph)
    {
        _statements = new Statements(graph);
        _agents = new AgentWriter(_statements);
        _distributions = new DistributionWriter(_statements);
        _health = new HealthWriter(_statements, _agents, _distributions);
    }

    /// <returns>The data set's node.</returns>
    public Iri Write(DataAsset asset)
    {
        Iri dataset = NameOf(asset);
        _statements.Add(dataset, Dcat.Type, Dcat.Dataset);
        WriteNames(dataset, asset);
        WriteOrganisations(dataset, asset);
        WriteCoverage(dataset, asset);
        WriteRelations(dataset, asset);
        foreach (Distribution distribution in asset.Distributions)
        {
            _distributions.Write(dataset, Dcat.Distribution, distribution, asset.ApplicableLegislation);
        }

        _health.Write(dataset, asset);
        return dataset;
    }

    /// <summary>A data set that came with a web address as its name keeps it, unless another one has it too; others are named by their id here.</summary>
    private Iri NameOf(DataAsset asset)
    {
        string iri = asset.Iri.Length > 0 ? asset.Iri : asset.Identifier;
        return _statements.Name(iri, asset) is (Iri name, true) ? name : new Iri($"urn:uuid:{asset.Id}");
    }

    private void WriteNames(Iri dataset, DataAsset asset)
    {
        _statements.Text(dataset, Dcat.Identifier, asset.Identifier);
        foreach (string identifier in asset.OtherIdentifiers)
        {
            _statements.Text(_statements.Node(dataset, Dcat.OtherIdentifier, Dcat.IdentifierClass), Dcat.Notation, identifier);
        }

        _statements.Text(dataset, Dcat.Title, asset.Title);
        _statements.Text(dataset, Dcat.Description, asset.Description);
        foreach (LocalizedText title in asset.AlternativeTitles)
        {
            _statements.Text(dataset, Dcat.Alternative, title);
        }

        foreach (Keyword keyword in asset.Keywords)
        {
            _statements.Text(dataset, Dcat.Keyword, keyword.Text, keyword.Language);
        }

        _statements.References(dataset, Dcat.Theme, asset.Themes);
        _statements.References(dataset, Dcat.Kind, asset.Types_);
        _statements.References(dataset, Dcat.Language, asset.Languages);
        _statements.Reference(dataset, Dcat.AccessRights, Dcat.AccessRight + asset.AccessRights switch
        {
            AccessRights.Public => "PUBLIC",
            AccessRights.Restricted => "RESTRICTED",
            _ => "NON_PUBLIC",
        });
        _statements.Reference(dataset, Dcat.License, asset.License);
        _statements.References(dataset, Dcat.Legislation, asset.ApplicableLegislation);
        _statements.Reference(dataset, Dcat.LandingPage, asset.LandingPage);
        _statements.References(dataset, Dcat.Page, asset.Pages);
        _statements.References(dataset, Dcat.ContributorId, asset.ContributorIds);
        _statements.Instant(dataset, Dcat.Issued, asset.Issued);
        _statements.Instant(dataset, Dcat.Modified, asset.Modified);
        _statements.Text(dataset, Dcat.Version, asset.DataVersion);
        _statements.Text(dataset, Dcat.VersionNotes, asset.VersionNotes);
    }

    private void WriteOrganisations(Iri dataset, DataAsset asset)
    {
        _agents.Write(dataset, Dcat.Publisher, asset.Publisher, isReachable: true);
        _agents.WriteContact(dataset, asset.Contact);
        foreach (Agent contact in asset.FurtherContacts)
        {
            _agents.WriteContact(dataset, contact);
        }

        foreach (Agent creator in asset.Creators)
        {
            _agents.Write(dataset, Dcat.Creator, creator, isReachable: false);
        }
    }

    private void WriteCoverage(Iri dataset, DataAsset asset)
    {
        foreach (Area area in asset.Areas)
        {
            if (area.Key.All(char.IsAsciiDigit))
            {
                string kind = area.Key.Length switch
                {
                    2 => "stateKey",
                    5 => "districtKey",
                    _ => "municipalityKey",
                };
                _statements.Reference(dataset, Dcat.GeocodingUri, $"{Dcat.AreaCode}{kind}/{area.Key}");
            }
            else
            {
                _statements.Reference(dataset, Dcat.Spatial, Dcat.NutsCode + area.Key);
            }
        }

        _statements.References(dataset, Dcat.Spatial, asset.Places);
        _statements.Period(dataset, Dcat.Temporal, asset.Temporal);
        _statements.Typed(dataset, Dcat.TemporalResolution, asset.TemporalResolution, "duration");
        _statements.Decimal(dataset, Dcat.SpatialResolution, asset.HasSpatialResolutionInMeters, asset.SpatialResolutionInMeters);
        _statements.Reference(dataset, Dcat.Frequency, asset.Frequency);
    }

    private void WriteRelations(Iri dataset, DataAsset asset)
    {
        foreach (LocalizedText origin in asset.Provenance)
        {
            _statements.Statement(dataset, Dcat.Provenance, Dcat.ProvenanceStatement, origin);
        }

        foreach (GeneratingActivity activity in asset.GeneratedBy)
        {
            (Term node, bool isNew) = _statements.Name(activity.Iri, activity);
            _statements.Add(dataset, Dcat.GeneratedBy, node);
            if (isNew)
            {
                _statements.Add(node, Dcat.Type, Dcat.Activity);
                _statements.Text(node, Dcat.Label, activity.Label);
                _statements.Reference(node, Dcat.Kind, activity.Type);
            }
        }

        _statements.References(dataset, Dcat.ConformsTo, asset.ConformsTo);
        foreach (Relation relation in asset.Relations)
        {
            _statements.Reference(dataset, Relations.PropertyOf(relation.Kind), Guid.TryParseExact(relation.Target, "D", out _) ? $"urn:uuid:{relation.Target}" : relation.Target);
        }
    }
}
