namespace Ecosystem.ServiceDefaults.Requests;

/// <summary>How large a page is (AIP-158): 50 when not said, larger wishes are cut to 200.</summary>
public static class PageSize
{
    private const int Usual = 50;
    private const int Largest = 200;

    /// <summary>The size to read; a negative wish is a problem of <c>page_size</c>.</summary>
    /// <param name="requested">The <c>page_size</c> of the request; 0 when not said.</param>
    /// <param name="problems">What is wrong with the request.</param>
    /// <param name="usual">The size when not said.</param>
    /// <param name="largest">The size that larger wishes are cut to.</param>
    public static int Of(int requested, FieldProblems problems, int usual = Usual, int largest = Largest)
    {
        problems.Unless(
            requested >= 0,
            "page_size",
            $"A page cannot hold {requested} entries; ask for 1 to {largest}.",
            $"Eine Seite kann keine {requested} Einträge haben; möglich sind 1 bis {largest}.");
        return requested <= 0 ? usual : Math.Min(requested, largest);
    }
}
