using Ecosystem.Common.V1;

namespace Ecosystem.Catalog.Rules;

/// <summary>Picks one language of a text for those who can show only one.</summary>
internal static class InLanguage
{
    /// <returns>The wanted language, else German, else English, else any; empty when there is no text.</returns>
    public static (string Language, string Text) Best(LocalizedText? text, string wanted = "de") => (text?.Values ?? [])
        .OrderBy(v => v.Key == wanted ? 0 : v.Key switch { "de" => 1, "en" => 2, _ => 3 })
        .ThenBy(v => v.Key, StringComparer.Ordinal)
        .Select(v => (v.Key, v.Value))
        .FirstOrDefault((string.Empty, string.Empty));
}
