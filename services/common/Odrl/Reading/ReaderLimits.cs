namespace Ecosystem.Odrl;

/// <summary>How large a policy may be. A reader refuses what is larger before it does the work.</summary>
public sealed record ReaderLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static ReaderLimits Default { get; } = new();

    /// <summary>The longest text, in characters. Default 262,144.</summary>
    public int Characters { get; init; } = 256 * 1024;

    /// <summary>How deep conditions, duties and consequences may nest. Default 32.</summary>
    public int Nesting { get; init; } = 32;

    /// <summary>How many rules and conditions a policy may have in all. Default 2,000.</summary>
    public int Elements { get; init; } = 2000;
}
