using Ecosystem.Common.V1;
using Ecosystem.Odrl;

namespace Ecosystem.Policy;

internal static class Texts
{
    public static LocalizedText Localized(this Sentence sentence) =>
        new() { Values = { ["de"] = sentence.German, ["en"] = sentence.English } };
}
