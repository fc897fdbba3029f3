using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Ecosystem.Pages;

/// <summary>
/// Finished markup. It is made from interpolated strings whose holes are encoded unless they are <see cref="Html"/> themselves,
/// so text from outside cannot become markup by being forgotten.
/// </summary>
public readonly record struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>No markup at all.</summary>
    public static Html Empty => default;

    /// <summary>Markup with every hole encoded for element content and double-quoted attribute values.</summary>
    public static Html Of(Builder markup) => new(markup.ToMarkup());

    /// <summary>Text as markup.</summary>
    public static Html Text(string? text) => new(Encoder.Encode(text ?? ""));

    /// <summary>Markup written in this assembly, taken as it is.</summary>
    internal static Html Trusted(string markup) => new(markup);

    /// <summary>Several fragments, one per line.</summary>
    public static Html Join(IEnumerable<Html> fragments) => new(string.Join('\n', fragments));

    /// <summary><paramref name="markup"/> when the condition holds, else nothing.</summary>
    public static Html When(bool condition, Func<Html> markup) => condition ? markup() : Empty;

    /// <summary>The markup.</summary>
    public override string ToString() => _markup ?? "";

    /// <summary>Collects the parts of an interpolated string for <see cref="Of"/>.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder
    {
        private readonly StringBuilder _markup;

        /// <summary>Called by the compiler.</summary>
        public Builder(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

        /// <summary>Appends the fixed markup of the source.</summary>
        public void AppendLiteral(string literal) => _markup.Append(literal);

        /// <summary>Appends finished markup as it is.</summary>
        public void AppendFormatted(Html fragment) => _markup.Append(fragment.ToString());

        /// <summary>Appends text, encoded.</summary>
        public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(text ?? ""));

        /// <summary>Appends a number.</summary>
        public void AppendFormatted(int number) => _markup.Append(number);

        internal string ToMarkup() => _markup.ToString();
    }
}
