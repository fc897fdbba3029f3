using Ecosystem.Catalog.V1;
using Severity = Ecosystem.Catalog.V1.Finding.Types.Severity;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>When an item of a description must be there.</summary>
internal enum Need
{
    /// <summary>To publish, whatever the access rights.</summary>
    Always,

    /// <summary>To publish data that are not public; recommended for public data.</summary>
    UnlessPublic,

    /// <summary>Never, but it helps those who look for data.</summary>
    Recommended,
}

/// <summary>A text in both languages of the platform.</summary>
internal sealed record Words(string English, string German);

/// <summary>One thing that a description of data should say.</summary>
/// <param name="Field">The field of the contract.</param>
/// <param name="Need">When it must be there.</param>
/// <param name="IsPresent">Whether it is there.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Advice">What to write.</param>
/// <param name="Example">A value that would be right, as proto3 JSON.</param>
/// <param name="Source">Where the rule comes from; empty for rules of the catalogue.</param>
internal sealed record DescriptionItem(
    string Field, Need Need, Func<DataAsset, bool> IsPresent, Words Name, Words Advice, string Example = "", string Source = "")
{
    public bool IsRequiredFor(DataAsset asset) => Need switch
    {
        Need.Always => true,
        Need.UnlessPublic => asset.AccessRights != AccessRights.Public,
        _ => false,
    };

    public Finding MissingIn(DataAsset asset) => new()
    {
        Field = Field,
        Severity = IsRequiredFor(asset) ? Severity.Required : Severity.Recommended,
        Sentence = new() { Values = { ["en"] = $"{Name.English} is missing. {Advice.English}", ["de"] = $"{Name.German} fehlt. {Advice.German}" } },
        Example = Example,
        Source = Source,
    };
}
