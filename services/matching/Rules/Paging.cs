namespace Ecosystem.Matching.Rules;

/// <summary>How large a page is (AIP-158): 50 when not said, larger wishes are cut to 200.</summary>
internal static class Paging
{
    private const int Usual = 50;
    private const int Largest = 200;

    public static int SizeOrRefuse(int requested)
    {
        var violations = new Violations();
        violations.Unless(
            requested >= 0,
            "page_size",
            $"A page cannot hold {requested} entries; ask for 1 to {Largest}.",
            $"Eine Seite kann keine {requested} Einträge haben; möglich sind 1 bis {Largest}.");
        violations.ThrowIfAny("The list cannot be read.");
        return requested == 0 ? Usual : Math.Min(requested, Largest);
    }
}
