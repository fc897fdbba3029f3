using System.Text;

namespace Ecosystem.Rdf;

/// <summary>Character classes that Turtle and N-Triples share (Turtle 1.1, section 6.5, productions 163s to 172s).</summary>
internal static class Characters
{
    public static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    public static bool IsNameStart(Rune rune) => rune.Value switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' => true,
        < 0xC0 or 0xD7 or 0xF7 => false,
        <= 0x2FF or (>= 0x370 and <= 0x1FFF and not 0x37E) => true,
        0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) => true,
        (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD) => true,
        >= 0x10000 and <= 0xEFFFF => true,
        _ => false,
    };

    public static bool IsName(Rune rune) =>
        IsNameStart(rune)
        || rune.Value is '_' or '-' or (>= '0' and <= '9') or 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    /// <summary>Characters that an IRI may not hold, not even escaped.</summary>
    public static bool IsForbiddenInIri(int codePoint) =>
        codePoint <= 0x20 || codePoint is '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\';
}
