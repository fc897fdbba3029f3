namespace Ecosystem.Catalog.Rules;

/// <summary>How large a page is (AIP-158): 50 when not said, larger wishes are cut to 200.</summary>
internal static class Paging
{
    private const int Usual = 50;
    private const int Largest = 200;

    public static int SizeOf(int requested, Violations violations, int usual = Usual, int largest = Largest)
    {
        violations.Unless(requested >= 0, "page_size", $"A page cannot hold {requested} entries; ask for 1 to {largest}.");
        return requested <= 0 ? usual : Math.Min(requested, largest);
    }
}
