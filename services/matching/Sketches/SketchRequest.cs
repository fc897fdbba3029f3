using Ecosystem.Common.V1;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Sketches;

/// <summary>A project idea as somebody pastes it.</summary>
internal static class SketchRequest
{
    private const int LongestText = 20_000;
    private const int Most = 20;
    private const int MostByDefault = 5;

    public static (Item Sketch, int Most) Read(ProposeDataForSketchRequest request, string organisation)
    {
        var violations = new Violations();
        violations.RequireLine("text", request.Text, LongestText);
        violations.CheckIri("purpose", request.Purpose);
        violations.CheckAreas("areas", request.Areas, ValueRules.MostAreas);
        if (request.Language.Length > 0) violations.CheckLanguages("language", [request.Language]);
        violations.Unless(
            request.MaxDataAssets is >= 0 and <= Most,
            "max_data_assets",
            $"Ask for 1 to {Most} data assets, or leave it out for {MostByDefault}.",
            $"Möglich sind 1 bis {Most} Datenbestände; ohne Angabe sind es {MostByDefault}.");
        violations.ThrowIfAny("The sketch is incomplete or wrong.");
        var sketch = new Item
        {
            Kind = ItemKind.Need,
            Id = "",
            Organisation = new Organisation { Id = organisation },
            Title = new LocalizedText(),
            Texts = [new ItemText("description", request.Text, request.Language)],
            Areas = [.. request.Areas],
        };
        return (sketch, request.MaxDataAssets == 0 ? MostByDefault : request.MaxDataAssets);
    }
}
