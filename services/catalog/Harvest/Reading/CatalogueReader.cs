using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Harvest.Reading;

/// <summary>Reads the whole catalogue of a source before anything is changed here.</summary>
internal sealed class CatalogueReader(PoliteClient client, IOptions<HarvestOptions> options, TimeProvider time)
{
    /// <returns>Null when the source says that nothing has changed.</returns>
    /// <exception cref="HarvestFailedException">A page cannot be read; what was read so far is worth nothing.</exception>
    public async Task<ForeignCatalogue?> ReadAsync(HarvestSource source, IReadOnlyList<KnownPage> known, CancellationToken ct)
    {
        var robots = new Dictionary<string, RobotRules>();
        if (await NothingHasChangedAsync(known, robots, ct))
        {
            return null;
        }

        var catalogue = new ForeignCatalogue();
        var visited = new HashSet<Uri>();
        for (Uri? next = new(source.Url); next is not null;)
        {
            if (!visited.Add(next))
            {
                throw new HarvestFailedException($"The pages lead in a circle: {next} comes twice.");
            }

            if (visited.Count > options.Value.MaxPages)
            {
                throw new HarvestFailedException($"The catalogue has more than {options.Value.MaxPages} pages.");
            }

            await WaitAsync(visited.Count > 1, robots, ct);
            PageAnswer page = await client.GetAsync(next, etag: null, robots, ct);
            RdfReading reading = Parse(source, page);
            catalogue.Add(next, page.Etag, reading, new DcatReader(reading.Graph, source.DefaultProtectionNeed).Records());
            if (catalogue.Records.Count > options.Value.MaxRecords)
            {
                throw new HarvestFailedException($"The catalogue has more than {options.Value.MaxRecords} data sets.");
            }

            next = PageLinks.NextOf(page.Address, page.Links, reading.Graph);
        }

        return catalogue;
    }

    private async Task<bool> NothingHasChangedAsync(IReadOnlyList<KnownPage> known, Dictionary<string, RobotRules> robots, CancellationToken ct)
    {
        if (known.Count == 0 || known.Any(p => p.Etag is null))
        {
            return false;
        }

        for (int i = 0; i < known.Count; i++)
        {
            await WaitAsync(i > 0, robots, ct);
            if ((await client.GetAsync(new Uri(known[i].Url), known[i].Etag, robots, ct)).IsModified)
            {
                return false;
            }
        }

        return true;
    }

    private async Task WaitAsync(bool isNeeded, Dictionary<string, RobotRules> robots, CancellationToken ct)
    {
        TimeSpan wanted = robots.Values.Select(r => r.Delay).Append(options.Value.Delay).Max();
        if (isNeeded && wanted > TimeSpan.Zero)
        {
            await Task.Delay(wanted, time, ct);
        }
    }

    private RdfReading Parse(HarvestSource source, PageAnswer page)
    {
        RdfFormat format = source.Format != RdfFormat.Unspecified ? source.Format : FormatOf(page);
        RdfReading reading = RdfDocuments.Read(page.Text, format, new RdfReaderOptions
        {
            BaseIri = page.Address.AbsoluteUri,
            MaxCharacters = options.Value.MaxPageBytes,
        });

        // What follows a fault that has no end might have been half of the catalogue; taken for missing, it would be withdrawn.
        return reading.Problems.FirstOrDefault(p => p.ResumedAtLine is null) is { } fatal
            ? throw new HarvestFailedException($"{page.Address} cannot be read from line {fatal.Line} on: {fatal.Message}")
            : reading;
    }

    private static RdfFormat FormatOf(PageAnswer page) => page.MediaType switch
    {
        "text/turtle" => RdfFormat.Turtle,
        "application/ld+json" or "application/json" => RdfFormat.JsonLd,
        "application/rdf+xml" or "application/xml" or "text/xml" => RdfFormat.RdfXml,
        "application/n-triples" => RdfFormat.NTriples,
        _ => Path.GetExtension(page.Address.AbsolutePath) switch
        {
            ".ttl" => RdfFormat.Turtle,
            ".jsonld" or ".json" => RdfFormat.JsonLd,
            ".rdf" or ".xml" => RdfFormat.RdfXml,
            ".nt" => RdfFormat.NTriples,
            _ => throw new HarvestFailedException($"{page.Address} is {page.MediaType ?? "of an unknown type"}; state the format of the source."),
        },
    };
}
