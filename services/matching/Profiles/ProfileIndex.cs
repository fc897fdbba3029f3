using System.Collections.Concurrent;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;

namespace Ecosystem.Matching.Profiles;

/// <summary>All profiles in memory, findable by words, themes and modalities. An older version never replaces a newer one.</summary>
internal sealed class ProfileIndex
{
    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<string, DataAssetProfile> _assets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CompetenceProfile> _competences = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The words of data assets; fields: title, keywords, description, theme, modality.</summary>
    public SearchIndex AssetWords { get; } = new(new SearchSchema()
        .Text("title", boost: 3, lengthNormalization: 0.5).Text("keywords", boost: 2, lengthNormalization: 0.3).Text("description")
        .Keyword("theme").Keyword("modality"));

    /// <summary>The words of competences; fields: title, methods, description, theme, modality.</summary>
    public SearchIndex CompetenceWords { get; } = new(new SearchSchema()
        .Text("title", boost: 3, lengthNormalization: 0.5).Text("methods", boost: 2, lengthNormalization: 0.3).Text("description")
        .Keyword("theme").Keyword("modality"));

    public int AssetCount => _assets.Count;

    public int CompetenceCount => _competences.Count;

    public DataAssetProfile? Asset(string id) => _assets.GetValueOrDefault(id);

    public CompetenceProfile? Competence(string id) => _competences.GetValueOrDefault(id);

    /// <summary>What people call an organisation, as the catalogue last told; its id where it did not.</summary>
    public string NameOf(string organisation) => _names.GetValueOrDefault(organisation, organisation);

    public void Put(DataAssetProfile profile)
    {
        lock (_changing)
        {
            if (_assets.TryGetValue(profile.Id, out DataAssetProfile? known) && known.Version >= profile.Version) return;
            DataAsset asset = profile.Asset;
            if (asset.State is PublicationState.Deprecated or PublicationState.Withdrawn)
            {
                // Nothing new should be built on it.
                AssetWords.Remove(profile.Id);
                _assets.TryRemove(profile.Id, out _);
                return;
            }

            AssetWords.Put(profile.Id,
            [
                .. Texts("title", asset.Title), .. asset.Keywords.Select(keyword => SearchField.Text("keywords", keyword.Text, keyword.Language)),
                .. Texts("description", asset.Description), .. Taxonomy(asset.Themes, asset.Modalities),
            ]);
            _assets[profile.Id] = profile;
            Name(asset.Holder);
        }
    }

    public void Put(CompetenceProfile profile)
    {
        lock (_changing)
        {
            if (_competences.TryGetValue(profile.Id, out CompetenceProfile? known) && known.Version >= profile.Version) return;
            Competence competence = profile.Competence;
            CompetenceWords.Put(profile.Id,
            [
                .. Texts("title", competence.Title), .. competence.Methods.Select(method => SearchField.Text("methods", method, "en")),
                .. Texts("description", competence.Description), .. Taxonomy(competence.Themes, competence.Modalities),
            ]);
            _competences[profile.Id] = profile;
            Name(competence.Provider);
        }
    }

    private void Name(Organisation? organisation)
    {
        if (organisation is { Id.Length: > 0, Name.Length: > 0 }) _names[organisation.Id] = organisation.Name;
    }

    private static IEnumerable<SearchField> Texts(string field, LocalizedText? text) =>
        (text?.Values ?? []).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => SearchField.Text(field, value.Value, value.Key));

    private static IEnumerable<SearchField> Taxonomy(IEnumerable<string> themes, IEnumerable<string> modalities) =>
        themes.Select(theme => SearchField.Keyword("theme", theme))
            .Concat(modalities.Select(modality => SearchField.Keyword("modality", Terms.Fold(modality))));
}
