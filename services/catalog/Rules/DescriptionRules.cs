using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Rules;

/// <summary>Rules for the values that only descriptions in the catalogue have.</summary>
internal static class DescriptionRules
{
    public static void CheckTexts(this Violations violations, string field, RepeatedField<LocalizedText> texts, int maxLength)
    {
        violations.CheckCount(field, texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            violations.RequireText($"{field}[{i}]", texts[i], maxLength);
        }
    }

    public static void CheckKeywords(this Violations violations, string field, RepeatedField<Keyword> keywords)
    {
        violations.CheckCount(field, keywords.Count);
        for (int i = 0; i < keywords.Count; i++)
        {
            violations.Unless(!string.IsNullOrWhiteSpace(keywords[i].Text), $"{field}[{i}].text", FieldRules.EmptyEntry, FieldRules.LeererEintrag);
            violations.CheckLine($"{field}[{i}].text", keywords[i].Text, 300);
            if (keywords[i].Language.Length > 0)
            {
                violations.CheckLanguage($"{field}[{i}].language", keywords[i].Language.ToLowerInvariant());
            }
        }
    }

    public static void CheckThemes(this Violations violations, string field, RepeatedField<DataSpaceTheme> themes)
    {
        violations.CheckCount(field, themes.Count);
        violations.Unless(
            themes.All(t => t != DataSpaceTheme.Unspecified && Enum.IsDefined(t)),
            field,
            "Use the nine themes of the data space, such as DATA_SPACE_THEME_HEALTH.",
            "Verwenden Sie die neun Themen des Datenraums, etwa DATA_SPACE_THEME_HEALTH (Gesund).");
    }
}
