namespace Ecosystem.Matching.Proposals;

/// <summary>Languages come as BCP 47 tags or as IRIs of the EU authority table (three letters); both become the primary subtag.</summary>
internal static class LanguageTags
{
    private static readonly Dictionary<string, string> TwoLetters = new(StringComparer.Ordinal)
    {
        ["deu"] = "de", ["ger"] = "de", ["eng"] = "en", ["dan"] = "da", ["fra"] = "fr", ["fre"] = "fr", ["nld"] = "nl", ["dut"] = "nl", ["pol"] = "pl",
        ["tur"] = "tr", ["ukr"] = "uk", ["rus"] = "ru", ["ara"] = "ar", ["spa"] = "es", ["ita"] = "it", ["swe"] = "sv", ["nor"] = "no", ["fin"] = "fi",
    };

    public static string Primary(string language)
    {
        string code = language[(language.LastIndexOf('/') + 1)..].Trim().ToLowerInvariant().Split('-', '_')[0];
        return TwoLetters.GetValueOrDefault(code, code);
    }
}
