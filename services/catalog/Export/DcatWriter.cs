using System.Globalization;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Export;

/// <summary>Says in DCAT-AP what an asset says; the counterpart of <see cref="DcatReader"/>.</summary>
internal sealed class DcatWriter(Graph graph)
{
    private const string NotInIris = "<>\"{}|^`\\";

    public void Write(DataAsset asset)
    {
        Term dataset = NameOf(asset);
        graph.Add(dataset, Dcat.Type, Dcat.Dataset);
        Add(dataset, Dcat.Identifier, asset.Identifier);
        Add(dataset, Dcat.Title, asset.Title);
        Add(dataset, Dcat.Description, asset.Description);
        foreach (Keyword keyword in asset.Keywords)
        {
            graph.Add(dataset, Dcat.Keyword, keyword.Language.Length == 0 ? new Literal(keyword.Text) : new Literal(keyword.Text, keyword.Language));
        }

        foreach (string theme in asset.Themes)
        {
            AddIri(dataset, Dcat.Theme, theme);
        }

        AddIri(dataset, Dcat.Rights, Dcat.AccessRight + asset.AccessRights switch
        {
            AccessRights.Public => "PUBLIC",
            AccessRights.Restricted => "RESTRICTED",
            _ => "NON_PUBLIC",
        });
        AddIri(dataset, Dcat.License, asset.License);
        AddAgent(dataset, Dcat.Publisher, asset.Publisher, Dcat.Agent, Dcat.Name, Dcat.Mbox, Dcat.Homepage);
        AddAgent(dataset, Dcat.ContactPoint, asset.Contact, Dcat.Contact, Dcat.FormattedName, Dcat.HasEmail, Dcat.HasUrl);
        AddAreas(dataset, asset);
        AddPeriod(dataset, asset.Temporal);
        AddIri(dataset, Dcat.LandingPage, asset.LandingPage);
        Add(dataset, Dcat.Issued, asset.Issued);
        Add(dataset, Dcat.Modified, asset.Modified);
        foreach (Distribution distribution in asset.Distributions)
        {
            AddDistribution(dataset, distribution);
        }
    }

    /// <summary>A data set that came with a web address as its name keeps it; others are named by their id here.</summary>
    private static Iri NameOf(DataAsset asset) => IsIri(asset.Identifier) ? new Iri(asset.Identifier) : new Iri($"urn:uuid:{asset.Id}");

    private void AddDistribution(Term dataset, Distribution distribution)
    {
        Term node = IsIri(distribution.Iri) ? new Iri(distribution.Iri) : new BlankNode();
        graph.Add(dataset, Dcat.Distribution, node);
        graph.Add(node, Dcat.Type, Dcat.DistributionClass);
        Add(node, Dcat.Title, distribution.Title);
        Add(node, Dcat.Description, distribution.Description);
        AddIri(node, Dcat.AccessUrl, distribution.AccessUrl);
        AddIri(node, Dcat.DownloadUrl, distribution.DownloadUrl);
        AddIri(node, Dcat.License, distribution.License);
        AddIri(node, Dcat.Format, distribution.Format);
        foreach (string language in distribution.Languages)
        {
            AddIri(node, Dcat.Language, language);
        }

        if (distribution.ByteSize > 0)
        {
            graph.Add(node, Dcat.ByteSize, new Literal(distribution.ByteSize.ToString(CultureInfo.InvariantCulture), new Iri(Xsd.Namespace + "nonNegativeInteger")));
        }

        Add(node, Dcat.Modified, distribution.Modified);
        Add(node, Dcat.Attribution, distribution.Attribution);
    }

    private void AddAgent(Term dataset, Iri property, Agent? agent, Iri type, Iri name, Iri mail, Iri page)
    {
        if (agent is null)
        {
            return;
        }

        var node = new BlankNode();
        graph.Add(dataset, property, node);
        graph.Add(node, Dcat.Type, type);
        Add(node, name, agent.Name);
        AddIri(node, mail, agent.Email.Length == 0 ? string.Empty : $"mailto:{agent.Email}");
        AddIri(node, page, agent.Url);
    }

    private void AddAreas(Term dataset, DataAsset asset)
    {
        foreach (Area area in asset.Areas)
        {
            string kind = area.Key.Length switch
            {
                2 => "stateKey",
                5 => "districtKey",
                _ => "municipalityKey",
            };
            if (area.Key.All(char.IsAsciiDigit))
            {
                AddIri(dataset, Dcat.GeocodingUri, $"{Dcat.AreaCode}{kind}/{area.Key}");
            }
        }
    }

    private void AddPeriod(Term dataset, Period? period)
    {
        if (period is null)
        {
            return;
        }

        var node = new BlankNode();
        graph.Add(dataset, Dcat.Temporal, node);
        graph.Add(node, Dcat.Type, Dcat.PeriodOfTime);
        Add(node, Dcat.StartDate, period.Start);
        Add(node, Dcat.EndDate, period.End);
    }

    private void Add(Term subject, Iri property, LocalizedText? text)
    {
        foreach ((string language, string value) in (text?.Values ?? []).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            graph.Add(subject, property, language.Length == 0 ? new Literal(value) : new Literal(value, language));
        }
    }

    private void Add(Term subject, Iri property, Timestamp? instant)
    {
        if (instant is not null)
        {
            graph.Add(subject, property, new Literal(instant.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), new Iri(Xsd.DateTime)));
        }
    }

    private void Add(Term subject, Iri property, string text)
    {
        if (text.Length > 0)
        {
            graph.Add(subject, property, new Literal(text));
        }
    }

    /// <summary>A value that is no IRI, such as a media type or a language tag, is written as text.</summary>
    private void AddIri(Term subject, Iri property, string value)
    {
        if (value.Length > 0)
        {
            graph.Add(subject, property, IsIri(value) ? new Iri(value) : new Literal(value));
        }
    }

    private static bool IsIri(string value) => IriReference.HasScheme(value) && !value.Any(c => c <= ' ' || NotInIris.Contains(c, StringComparison.Ordinal));
}
