namespace Ecosystem.Storage;

/// <summary>How the values of an index compare.</summary>
internal enum IndexKind
{
    /// <summary>By Unicode code point, independent of language.</summary>
    Text,

    /// <summary>64-bit signed.</summary>
    Integer,

    /// <summary>IEEE 754 double.</summary>
    Real,
}
