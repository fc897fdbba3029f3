using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

/// <summary>A document with one of everything the store must carry.</summary>
public sealed record Clinic
{
    public static readonly DocumentType<Clinic> Type = new DocumentType<Clinic>("clinics", clinic => clinic.Id)
        .Index("city", clinic => clinic.City)
        .Index("beds", clinic => clinic.Beds)
        .Index("opened", clinic => clinic.Opened)
        .IndexMany("theme", clinic => clinic.Themes)
        .Unique("register", clinic => clinic.RegisterNumber);

    public required string Id { get; init; }

    public string? City { get; set; }

    public int? Beds { get; set; }

    public DateTimeOffset? Opened { get; set; }

    public List<string> Themes { get; init; } = [];

    public string? RegisterNumber { get; set; }

    /// <summary>A contract's message inside a document; Api is merely one that comes with the protobuf runtime.</summary>
    public Api? Contract { get; set; }
}
