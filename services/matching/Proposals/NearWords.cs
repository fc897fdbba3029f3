using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>How a word of a candidate stands to the word that was asked for.</summary>
internal enum Nearness
{
    /// <summary>It is the same, in any inflection.</summary>
    Same,

    /// <summary>It is a German compound that ends in it.</summary>
    Compound,

    /// <summary>It is spelled almost like it, and the word itself occurs nowhere.</summary>
    Spelling,

    /// <summary>It stands in the same company.</summary>
    Context,
}

/// <summary>
/// How much words count that are not the same, against 1 for those that are; 0 leaves the signal out. <c>tests/evaluate</c> prints every set of
/// questions with and without each signal, and with the weight that other folds of the questions would choose.
/// </summary>
internal sealed record NearWords(double Spelling, double Context)
{
    public static readonly NearWords Tuned = new(Spelling: 0.4, Context: 0.5);

    public static readonly NearWords None = new(0, 0);

    /// <summary>
    /// Company helps where two descriptions of the catalogue meet, which are short and written by different people. Where people ask in sentences for
    /// something in particular it brings what is merely about the same, and every such set came out worse: there it is off.
    /// </summary>
    public NearWords Between(ItemKind asked, ItemKind wanted) => IsDescribed(asked) && IsDescribed(wanted) ? this : this with { Context = 0 };

    private static bool IsDescribed(ItemKind kind) => kind is ItemKind.DataAsset or ItemKind.Competence;
}
