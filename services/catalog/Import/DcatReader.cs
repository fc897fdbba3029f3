using System.Globalization;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>Translates the data sets of a DCAT-AP graph into assets. Whether an asset is good enough is for the catalogue's own rules to say.</summary>
internal sealed class DcatReader(Graph graph, ProtectionNeed assumedNeed)
{
    private const string AreaCode = Dcat.AreaCode;

    public IEnumerable<DcatRecord> Records() => graph.Subjects(Dcat.Type, Dcat.Dataset).Select(Record);

    private DcatRecord Record(Term subject)
    {
        var remarks = new List<string>();
        var asset = new DataAsset
        {
            Identifier = graph.Texts(subject, Dcat.Identifier).FirstOrDefault() ?? (subject as Iri)?.Value ?? string.Empty,
            Title = graph.Localized(subject, Dcat.Title),
            Description = graph.Localized(subject, Dcat.Description),
            Publisher = AgentOf(subject, Dcat.Publisher, Dcat.Name, Dcat.Mbox, Dcat.Homepage),
            Contact = AgentOf(subject, Dcat.ContactPoint, Dcat.FormattedName, Dcat.HasEmail, Dcat.HasUrl),
            LandingPage = graph.Text(subject, Dcat.LandingPage),
            Issued = graph.Instant(subject, Dcat.Issued, remarks),
            Modified = graph.Instant(subject, Dcat.Modified, remarks),
            License = graph.Text(subject, Dcat.License),
            Temporal = TemporalOf(subject, remarks),
            State = PublicationState.Published,
        };
        asset.Themes.AddRange(graph.Texts(subject, Dcat.Theme));
        asset.Keywords.AddRange(graph.Objects(subject, Dcat.Keyword).OfType<Literal>()
            .Select(k => new Keyword { Text = k.Value.Trim(), Language = DcatValues.LanguageOf(k) })
            .Where(k => k.Text.Length > 0)
            .Distinct());
        asset.Areas.AddRange(AreasOf(subject, remarks));
        asset.Distributions.AddRange(DistributionsOf(subject, remarks));
        AssumeLicense(asset);
        AssumeAccess(subject, asset, remarks);
        AssumeProtection(asset, remarks);
        TellWhatIsLeftOut(subject, remarks);
        return new DcatRecord((subject as Iri)?.Value ?? asset.Identifier, asset, remarks);
    }

    private Agent? AgentOf(Term subject, Iri property, Iri name, Iri mail, Iri page)
    {
        if (graph.Objects(subject, property).FirstOrDefault() is not { } agent)
        {
            return null;
        }

        var read = new Agent
        {
            Name = agent is Literal literal ? literal.Value : graph.Text(agent, name),
            Email = graph.Mailbox(agent, mail),
            Url = graph.Text(agent, page),
        };
        return read.Name.Length > 0 ? read : null;
    }

    private Period? TemporalOf(Term subject, List<string> remarks)
    {
        if (graph.Objects(subject, Dcat.Temporal).FirstOrDefault() is not { } period)
        {
            return null;
        }

        var read = new Period
        {
            Start = graph.Instant(period, Dcat.StartDate, remarks),
            End = graph.Instant(period, Dcat.EndDate, remarks),
        };
        return read.Start is null && read.End is null ? null : read;
    }

    /// <summary>DCAT-AP.de names areas by IRIs that end in an official key; other places have no key here.</summary>
    private IEnumerable<Area> AreasOf(Term subject, List<string> remarks)
    {
        Term[] places = [.. graph.Objects(subject, Dcat.GeocodingUri).Concat(graph.Objects(subject, Dcat.Spatial)).Distinct()];
        string?[] keys = [.. places.Select(place => (place as Iri)?.Value ?? (place as Literal)?.Value).Select(AreaKey)];
        if (keys.Count(key => key is null) is > 0 and var unknown)
        {
            remarks.Add($"{unknown} of the places it covers could not be matched with an official key; they were left out.");
        }

        return keys.OfType<string>().Distinct().Select(key => new Area { Key = key });
    }

    /// <summary>Regional keys of 12 digits hold the association of municipalities in the middle; without it they are municipality keys.</summary>
    private static string? AreaKey(string? place)
    {
        if (place?.StartsWith(AreaCode, StringComparison.Ordinal) != true)
        {
            return null;
        }

        string key = place[(place.LastIndexOf('/') + 1)..];
        return key.All(char.IsAsciiDigit) ? key.Length switch
        {
            2 or 5 or 8 => key,
            12 => key[..5] + key[9..],
            _ => null,
        } : null;
    }

    private IEnumerable<Distribution> DistributionsOf(Term subject, List<string> remarks)
    {
        foreach (Term node in graph.Objects(subject, Dcat.Distribution))
        {
            string name = (node as Iri)?.Value ?? "without a name";
            if (graph.About(node).Count == 0)
            {
                remarks.Add($"The distribution {name} is mentioned but not described; it was left out.");
                continue;
            }

            var distribution = new Distribution
            {
                Iri = (node as Iri)?.Value ?? string.Empty,
                Title = graph.Localized(node, Dcat.Title),
                Description = graph.Localized(node, Dcat.Description),
                AccessUrl = graph.Text(node, Dcat.AccessUrl),
                DownloadUrl = graph.Text(node, Dcat.DownloadUrl),
                License = graph.Text(node, Dcat.License),
                Format = graph.Text(node, Dcat.Format) is { Length: > 0 } format ? format : graph.Text(node, Dcat.MediaType),
                Modified = graph.Instant(node, Dcat.Modified, remarks),
                Attribution = graph.Text(node, Dcat.Attribution),
                ByteSize = long.TryParse(graph.Text(node, Dcat.ByteSize), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out long size) ? size : 0,
            };
            distribution.Languages.AddRange(graph.Texts(node, Dcat.Language));
            if (distribution.AccessUrl.Length == 0)
            {
                remarks.Add($"The distribution {name} gives no address (accessURL); it was left out.");
                continue;
            }

            yield return distribution;
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
        string stated = graph.Text(subject, Dcat.Rights);
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
        IEnumerable<Iri> left = graph.About(subject).Select(t => t.Predicate).Where(p => !Dcat.OfDataset.Contains(p)).Concat(
            graph.Objects(subject, Dcat.Distribution).SelectMany(graph.About).Select(t => t.Predicate).Where(p => !Dcat.OfDistribution.Contains(p)));
        string[] names = [.. left.Distinct().Select(DcatValues.Short).Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            remarks.Add($"Properties without a field here were left out: {FieldRules.Shorten(string.Join(", ", names))}.");
        }
    }
}
