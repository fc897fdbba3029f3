using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Storage.Tests;

/// <summary>Random sequences of steps over few documents and values, so that they meet; a failing one is made shorter by leaving steps out.</summary>
internal static class Steps
{
    private static readonly string?[] Cities = [null, "", "Essen", "essen", "Essen ", "Ähre", "\uFFFD", "😀"];
    private static readonly string[] Themes = ["Gesund", "Wissen", "%"];

    private static readonly Gen<string?> City = Gen.Elements(Cities);
    private static readonly Gen<int?> Beds = Gen.Elements<int?>(null, -3, 0, 7, 70, int.MaxValue);
    private static readonly Gen<string?> Register = Gen.Elements<string?>(null, null, null, "r1", "r2");
    private static readonly Gen<string> Id = Gen.Choose(0, 6).Select(number => $"c{number}");

    private static readonly Gen<Change> AnyChange = Gen.OneOf(
        from id in Id
        from city in City
        from beds in Beds
        from register in Register
        from themes in Gen.SubListOf(Themes)
        select (Change)new Put(id, city, beds, register, [.. themes]),
        Id.Select(id => (Change)new Remove(id)));

    private static readonly Gen<Step> Saving =
        from changes in AnyChange.NonEmptyListOf()
        from looks in Gen.Elements(true, true, false)
        select (Step)new Step.Save([.. changes.Take(4)], looks);

    private static readonly Gen<Step> Conflicting =
        from id in Id
        from city in City
        select (Step)new Step.Conflict(id, city);

    private static readonly Gen<Step> Asking =
        from cities in Gen.OneOf(Gen.Constant<string?[]?>(null), Gen.SubListOf(Cities).Select(chosen => (string?[]?)[.. chosen]))
        from least in Beds
        from before in Beds
        from theme in Gen.Elements<string?>(null, null, "Gesund", "%", "nowhere")
        from order in Gen.Elements<string?>(null, "city", "beds")
        from isDown in Gen.Elements(true, false)
        from page in Gen.Choose(1, 4)
        select (Step)new Step.Ask(cities, least, before, theme, order, isDown, page);

    public static Arbitrary<Step[]> Any { get; } = Arb.From(
        Gen.OneOf(Saving, Saving, Asking, Conflicting).ListOf().Select(steps => steps.ToArray()),
        steps => Enumerable.Range(0, steps.Length).Select(left => steps.Where((_, i) => i != left).ToArray()));
}
