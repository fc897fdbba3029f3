using System.Globalization;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.History;

/// <summary>One change of a competence, solution or reference project, kept with the change itself and never altered.</summary>
internal sealed class ResourceChangeDocument
{
    public static readonly DocumentType<ResourceChangeDocument> Type = new DocumentType<ResourceChangeDocument>("resource_changes", d => d.Id)
        .Index("resource", d => d.Resource)
        .Index("count", d => d.Change.Version);

    public required string Id { get; init; }

    /// <summary>The name of its kind and its id.</summary>
    public required string Resource { get; init; }

    /// <summary>Whose it was; known when the resource itself is gone.</summary>
    public required Organisation Provider { get; init; }

    public required ResourceChange Change { get; init; }

    public static ResourceChangeDocument Of(string resource, Organisation provider, long version, Timestamp time, Deed deed, IEnumerable<FieldChange> fields) => new()
    {
        Id = $"{resource}/{version.ToString(CultureInfo.InvariantCulture)}",
        Resource = resource,
        Provider = provider,
        Change = new ResourceChange
        {
            Version = version,
            Time = time,
            OrganisationId = deed.By?.Organisation ?? string.Empty,
            Subject = deed.By?.Subject ?? string.Empty,
            Kind = deed.Kind,
            Reason = deed.Reason,
            Fields = { fields },
        },
    };
}
