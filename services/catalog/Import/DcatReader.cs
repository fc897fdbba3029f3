using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>Translates the data sets of a DCAT-AP graph into assets. Whether an asset is good enough is for the catalogue's own rules to say.</summary>
internal sealed class DcatReader(Graph graph, ProtectionNeed assumedNeed)
{
    private static readonly HashSet<Iri> Known =
    [
        Dcat.Type, Dcat.Title, Dcat.Alternative, Dcat.Description, Dcat.Identifier, Dcat.OtherIdentifier, Dcat.Issued, Dcat.Modified, Dcat.Publisher,
        Dcat.Creator, Dcat.License, Dcat.AccessRights, Dcat.Spatial, Dcat.Temporal, Dcat.Keyword, Dcat.Theme, Dcat.Kind, Dcat.Language, Dcat.ContactPoint,
        Dcat.LandingPage, Dcat.Page, Dcat.Distribution, Dcat.GeocodingUri, Dcat.ContributorId, Dcat.Legislation, Dcat.Frequency, Dcat.TemporalResolution,
        Dcat.SpatialResolution, Dcat.Version, Dcat.VersionNotes, Dcat.Provenance, Dcat.GeneratedBy, Dcat.ConformsTo,
        .. Relations.All.Select(r => r.Property), .. HealthReader.Known,
    ];

    private readonly AgentReader _agents = new(graph);
    private readonly DistributionReader _distributions = new(graph);
    private readonly AreaReader _areas = new(graph);

    public IEnumerable<DcatRecord> Records() => graph.Subjects(Dcat.Type, Dcat.Dataset).Select(Record);

    private DcatRecord Record(Term subject)
    {
        var remarks = new List<string>();
        Agent[] contacts = [.. _agents.Contacts(subject)];
        string name = (subject as Iri)?.Value ?? string.Empty;
        var asset = new DataAsset
        {
            Identifier = graph.Texts(subject, Dcat.Identifier).FirstOrDefault() ?? name,
            Title = graph.Localized(subject, Dcat.Title),
            Description = graph.Localized(subject, Dcat.Description),
            Publisher = _agents.Read(subject, Dcat.Publisher),
            Contact = contacts.FirstOrDefault(),
            LandingPage = graph.Text(subject, Dcat.LandingPage),
            Issued = graph.Instant(subject, Dcat.Issued, remarks),
            Modified = graph.Instant(subject, Dcat.Modified, remarks),
            License = graph.Text(subject, Dcat.License),
            Temporal = graph.Period(subject, Dcat.Temporal, remarks),
            TemporalResolution = graph.Text(subject, Dcat.TemporalResolution),
            Frequency = graph.Text(subject, Dcat.Frequency),
            DataVersion = graph.Text(subject, Dcat.Version),
            VersionNotes = graph.Localized(subject, Dcat.VersionNotes),
            State = PublicationState.Published,
        };

        // A name that is the identifier as well need not be said twice.
        asset.Iri = name == asset.Identifier || name.StartsWith("urn:uuid:", StringComparison.Ordinal) ? string.Empty : name;
        asset.FurtherContacts.AddRange(contacts.Skip(1));
        ReadLists(subject, asset);
        if (graph.Measure(subject, Dcat.SpatialResolution, remarks) is { } metres)
        {
            asset.SpatialResolutionInMeters = metres;
        }

        _areas.Read(subject, asset, remarks);
        asset.Distributions.AddRange(_distributions.Read(subject, Dcat.Distribution, asset.ApplicableLegislation, remarks));
        new HealthReader(graph, _agents, _distributions).Read(subject, asset, remarks);
        AssumeLicense(asset);
        AssumeAccess(subject, asset, remarks);
        AssumeProtection(asset, remarks);
        TellWhatIsLeftOut(subject, remarks);
        return new DcatRecord(name.Length > 0 ? name : asset.Identifier, asset, remarks);
    }

    private void ReadLists(Term subject, DataAsset asset)
    {
        asset.OtherIdentifiers.AddRange(graph.Texts(subject, Dcat.OtherIdentifier));
        asset.AlternativeTitles.AddRange(graph.LocalizedTexts(subject, Dcat.Alternative));
        asset.Themes.AddRange(graph.Texts(subject, Dcat.Theme));
        asset.Types_.AddRange(graph.Texts(subject, Dcat.Kind));
        asset.Languages.AddRange(graph.Names(subject, Dcat.Language));
        asset.Keywords.AddRange(graph.Keywords(subject));
        asset.ApplicableLegislation.AddRange(graph.Texts(subject, Dcat.Legislation));
        asset.Pages.AddRange(graph.Texts(subject, Dcat.Page));
        asset.ConformsTo.AddRange(graph.Texts(subject, Dcat.ConformsTo));
        asset.ContributorIds.AddRange(graph.Texts(subject, Dcat.ContributorId));
        asset.Creators.AddRange(_agents.All(subject, Dcat.Creator));
        asset.Provenance.AddRange(graph.Objects(subject, Dcat.Provenance).Select(node => graph.Localized(node, Dcat.Label)).OfType<LocalizedText>());
        asset.GeneratedBy.AddRange(graph.Objects(subject, Dcat.GeneratedBy).Select(node => new GeneratingActivity
        {
            Iri = (node as Iri)?.Value ?? string.Empty,
            Label = graph.Localized(node, Dcat.Label),
            Type = graph.Text(node, Dcat.Kind),
        }));
        foreach ((Relation.Types.Kind kind, Iri property) in Relations.All)
        {
            asset.Relations.AddRange(graph.Texts(subject, property).Select(target => new Relation { Kind = kind, Target = target }));
        }
    }

    /// <summary>DCAT-AP puts the licence on the distributions; where they agree, it is the licence of the data set.</summary>
    private static void AssumeLicense(DataAsset asset)
    {
        if (asset.License.Length == 0 && asset.Distributions.Select(d => d.License).Distinct().ToArray() is [var common])
        {
            asset.License = common;
        }
    }

    private void AssumeAccess(Term subject, DataAsset asset, List<string> remarks)
    {
        string stated = graph.Text(subject, Dcat.AccessRights);
        asset.AccessRights = stated[(stated.LastIndexOf('/') + 1)..] switch
        {
            "PUBLIC" => AccessRights.Public,
            "RESTRICTED" => AccessRights.Restricted,
            "NON_PUBLIC" => AccessRights.NonPublic,
            _ => AccessRights.Unspecified,
        };
        if (asset.AccessRights == AccessRights.Unspecified)
        {
            bool isLicensed = asset.License.Length > 0 || asset.Distributions.Any(d => d.License.Length > 0);
            asset.AccessRights = isLicensed ? AccessRights.Public : AccessRights.NonPublic;
            remarks.Add(isLicensed
                ? "Access rights are not stated; taken as public, because there is a licence."
                : "Access rights are not stated; taken as non-public, because there is no licence.");
        }
    }

    private void AssumeProtection(DataAsset asset, List<string> remarks)
    {
        asset.ProtectionNeed = assumedNeed != ProtectionNeed.Unspecified ? assumedNeed
            : asset.AccessRights == AccessRights.Public ? ProtectionNeed.Normal
            : ProtectionNeed.High;
        if (asset.ProtectionNeed != ProtectionNeed.Normal)
        {
            asset.ProtectionReason = "Assumed when the description was imported; DCAT-AP has no word for it.";
            remarks.Add($"The protection need is assumed to be {asset.ProtectionNeed}; check it.");
        }
    }

    private void TellWhatIsLeftOut(Term subject, List<string> remarks)
    {
        IEnumerable<Iri> left = graph.About(subject).Select(t => t.Predicate).Where(p => !Known.Contains(p)).Concat(_distributions.WithoutField(subject));
        string[] names = [.. left.Distinct().Select(DcatValues.Short).Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            remarks.Add($"Properties without a field here were left out: {FieldRules.Shorten(string.Join(", ", names))}.");
        }
    }
}
