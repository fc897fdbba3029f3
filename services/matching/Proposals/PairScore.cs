using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Profiles;
using Google.Protobuf.Collections;
using MatchReason = Ecosystem.Matching.V1.MatchReason;

namespace Ecosystem.Matching.Proposals;

/// <summary>Which of the two the caller asked about; the other is the candidate.</summary>
internal enum Asked
{
    DataAsset,
    Competence,
}

/// <summary>
/// How well a data asset and a competence fit: several signals, each 0 to 1, weighted. A signal of which the asked item says nothing drops out
/// and leaves its weight to the others; where only the candidate is silent, it earns nothing. Reasons and their weights add up to the score.
/// </summary>
internal sealed class PairScore
{
    private const double TextWeight = 0.5;
    private const double ThemeWeight = 0.2;
    private const double ModalityWeight = 0.2;
    private const double AreaWeight = 0.1;
    private const int MostWords = 6;

    private readonly List<(double Weight, double Share, Func<double, IEnumerable<MatchReason>> Explain)> _signals = [];

    public PairScore(DataAsset asset, Competence competence, TextOverlap text, Asked asked)
    {
        bool assetAsked = asked == Asked.DataAsset;
        string[] themes = [.. asset.Themes.Intersect(competence.Themes, StringComparer.Ordinal)];
        string[] modalities = [.. asset.Modalities.Select(Terms.Fold).Intersect(competence.Modalities.Select(Terms.Fold), StringComparer.Ordinal)];

        Add(TextWeight, stated: true, text.Share, weight => TextReasons(text, weight, asked));
        Add(ThemeWeight, Stated(asset.Themes, competence.Themes), Part(themes, asset.Themes), weight => [ThemeReason(themes, weight)]);
        Add(
            ModalityWeight, Stated(asset.Modalities, competence.Modalities), Part(modalities, asset.Modalities),
            weight => [ModalityReason(modalities, weight)]);
        Add(AreaWeight, Stated(asset.Areas, competence.Areas), Served(asset, competence), weight => [AreaReason(asset, competence, weight)]);

        IsSubstantial = text.Share > 0 || themes.Length > 0 || modalities.Length > 0;
        double total = _signals.Sum(signal => signal.Weight);
        Score = _signals.Sum(signal => signal.Weight / total * signal.Share);
        Reasons = [.. _signals.Where(signal => signal.Share > 0).SelectMany(signal => signal.Explain(signal.Weight / total * signal.Share))
            .OrderByDescending(reason => reason.Weight).ThenBy(reason => reason.Field, StringComparer.Ordinal)];

        bool Stated<T>(ICollection<T> ofAsset, ICollection<T> ofCompetence) => (assetAsked ? ofAsset : ofCompetence).Count > 0;
    }

    /// <summary>Being in the same area alone is no reason to meet.</summary>
    public bool IsSubstantial { get; }

    /// <summary>0 to 1.</summary>
    public double Score { get; }

    public IReadOnlyList<MatchReason> Reasons { get; }

    private void Add(double weight, bool stated, double share, Func<double, IEnumerable<MatchReason>> explain)
    {
        if (stated) _signals.Add((weight, Math.Min(1, share), explain));
    }

    private static double Part(string[] common, RepeatedField<string> all) => all.Count == 0 ? 0 : (double)common.Length / all.Count;

    private static double Served(DataAsset asset, Competence competence) =>
        asset.Areas.Count == 0 ? 0
        : competence.Areas.Count == 0 ? 1
        : (double)asset.Areas.Count(area => AreaKeys.IsServed(area, competence.Areas)) / asset.Areas.Count;

    private static IEnumerable<MatchReason> TextReasons(TextOverlap text, double weight, Asked asked)
    {
        double all = text.Reasons.Sum(reason => reason.Weight);
        foreach (IGrouping<string, Search.MatchReason> field in text.Reasons.GroupBy(reason => reason.Field, StringComparer.Ordinal))
        {
            (string German, string English) words = Labels.Quote(field.OrderByDescending(reason => reason.Weight)
                .ThenBy(reason => reason.Word, StringComparer.Ordinal).Take(MostWords).Select(reason => (reason.Word, reason.Word)));
            (string German, string English) place = PlaceOf(field.Key, asked);
            double part = weight * field.Sum(reason => reason.Weight) / all;
            yield return Reason(field.Key, part, $"{place.German} nennt {words.German}.", $"{place.English} mentions {words.English}.");
        }
    }

    private static (string German, string English) PlaceOf(string field, Asked asked) => (field, asked) switch
    {
        ("title", Asked.DataAsset) => ("Der Titel der Kompetenz", "The competence's title"),
        ("methods", _) => ("Die Liste der Methoden", "The list of methods"),
        ("description", Asked.DataAsset) => ("Die Beschreibung der Kompetenz", "The competence's description"),
        ("title", _) => ("Der Titel des Datenbestands", "The data asset's title"),
        ("keywords", _) => ("Die Liste der Schlagwörter", "The list of keywords"),
        _ => ("Die Beschreibung des Datenbestands", "The data asset's description"),
    };

    private static MatchReason ThemeReason(string[] themes, double weight)
    {
        (string German, string English) names = Labels.Quote(themes.Select(Labels.OfTheme));
        return Reason("themes", weight, $"Gemeinsame Themen: {names.German}.", $"Common themes: {names.English}.");
    }

    private static MatchReason ModalityReason(string[] modalities, double weight)
    {
        (string German, string English) names = Labels.Quote(modalities.Select(Labels.OfModality));
        return Reason(
            "modalities",
            weight,
            $"Die Kompetenz verarbeitet, was der Datenbestand enthält: {names.German}.",
            $"The competence works on what the data contain: {names.English}.");
    }

    private static MatchReason AreaReason(DataAsset asset, Competence competence, double weight)
    {
        if (competence.Areas.Count == 0) return Reason("areas", weight, "Die Kompetenz wird überall angeboten.", "The competence is offered everywhere.");
        (string German, string English) names = Labels.Quote(asset.Areas.Where(area => AreaKeys.IsServed(area, competence.Areas)).Select(Labels.OfArea));
        return Reason(
            "areas",
            weight,
            $"Die Kompetenz wird dort angeboten, woher die Daten stammen: {names.German}.",
            $"The competence is offered where the data come from: {names.English}.");
    }

    private static MatchReason Reason(string field, double weight, string german, string english) =>
        new() { Field = field, Weight = weight, Sentence = Labels.Text(german, english) };
}
