namespace Ecosystem.Odrl;

/// <summary>The few places (GeoNames) that policies of the alliance name; more are added with <see cref="ConceptHierarchy.With"/>.</summary>
internal static class Places
{
    private const string GeoNames = "https://sws.geonames.org/";
    private const string Europe = GeoNames + "6255148/";

    public static Sequence<Concept> All { get; } =
    [
        new(Europe, new("Europa", "Europe"), []),
        new(GeoNames + "2921044/", new("Deutschland", "Germany"), [Europe]),
        new(GeoNames + "2623032/", new("Dänemark", "Denmark"), [Europe]),
        new(GeoNames + "3017382/", new("Frankreich", "France"), [Europe]),
        new(GeoNames + "2960313/", new("Luxemburg", "Luxembourg"), [Europe]),
        new(GeoNames + "2861876/", new("Nordrhein-Westfalen", "North Rhine-Westphalia"), [GeoNames + "2921044/"]),
        new(GeoNames + "2842635/", new("Saarland", "Saarland"), [GeoNames + "2921044/"]),
    ];
}
