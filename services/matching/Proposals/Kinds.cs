using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>What kinds of items are called, in sentences.</summary>
internal static class Kinds
{
    /// <summary>"the data asset": nominative.</summary>
    public static (string German, string English) Name(ItemKind kind) => kind switch
    {
        ItemKind.DataAsset => ("der Datenbestand", "the data asset"),
        ItemKind.Competence => ("die Kompetenz", "the competence"),
        ItemKind.Need => ("der Bedarf", "the need"),
        ItemKind.Question => ("die Frage", "the question"),
        _ => ("die Lösung", "the solution"),
    };

    /// <summary>"of the data asset": genitive.</summary>
    public static (string German, string English) Of(ItemKind kind) => kind switch
    {
        ItemKind.DataAsset => ("des Datenbestands", "data asset's"),
        ItemKind.Competence => ("der Kompetenz", "competence's"),
        ItemKind.Need => ("des Bedarfs", "need's"),
        ItemKind.Question => ("der Frage", "question's"),
        _ => ("der Lösung", "solution's"),
    };

    /// <summary>Whether an item of the kind can state themes and kinds of data at all.</summary>
    public static bool StatesTaxonomy(ItemKind kind) => kind is ItemKind.DataAsset or ItemKind.Competence or ItemKind.Need;

    public static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
