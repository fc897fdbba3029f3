using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>One word of a text as the index sees it.</summary>
/// <param name="Term">The folded stem that is indexed and compared.</param>
/// <param name="Position">Number of the word in the text, from 0; stop words are counted, so that phrases keep their gaps.</param>
/// <param name="Start">Where the word begins in the original text, in UTF-16 code units.</param>
/// <param name="Length">How long the word is in the original text, in UTF-16 code units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextToken(string Term, int Position, int Start, int Length);
