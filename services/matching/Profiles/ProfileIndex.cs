using System.Collections.Concurrent;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Questions;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Profiles;

/// <summary>All profiles in memory. An older version never replaces a newer one.</summary>
internal sealed class ProfileIndex : IDisposable
{
    private readonly Lock _changing = new();
    private readonly Dictionary<(ItemKind Kind, string Id), long> _versions = [];
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ContextSpace _context = new();
    private readonly Dictionary<ItemKind, ItemIndex> _items;

    public ProfileIndex() => _items = Enum.GetValues<ItemKind>().ToDictionary(kind => kind, _ => new ItemIndex(_context));

    public ItemIndex Of(ItemKind kind) => _items[kind];

    public Item? Find(ItemKind kind, string id) => _items[kind].Find(id);

    public Item? Asset(string id) => Find(ItemKind.DataAsset, id);

    public Item? Competence(string id) => Find(ItemKind.Competence, id);

    /// <summary>What people call an organisation, as the catalogue last told; its id where it did not.</summary>
    public string NameOf(string organisation) => _names.GetValueOrDefault(organisation, organisation);

    public void Put(DataAssetProfile profile) => Put(
        ItemKind.DataAsset,
        profile.Id,
        profile.Version,
        profile.Asset.State is PublicationState.Deprecated or PublicationState.Withdrawn ? null : Item.Of(profile.Asset)); // nothing new should be built on it

    public void Put(CompetenceProfile profile) => Put(ItemKind.Competence, profile.Id, profile.Version, Item.Of(profile.Competence));

    public void Put(SolutionProfile profile) =>
        Put(ItemKind.Solution, profile.Id, profile.Version, profile.Removed ? null : Item.Of(profile.Solution));

    public void Put(NeedDocument need) =>
        Put(ItemKind.Need, need.Id, need.Version, need.Need.State == Need.Types.State.Open ? Item.Of(need.Need) : null);

    public void Put(QuestionDocument question) => Put(
        ItemKind.Question, question.Id, question.Version, question.Question.State == Question.Types.State.Proposed ? Item.Of(question.Question) : null);

    public void Dispose()
    {
        foreach (ItemIndex index in _items.Values) index.Dispose();
        _context.Dispose();
    }

    private void Put(ItemKind kind, string id, long version, Item? item)
    {
        lock (_changing)
        {
            if (_versions.TryGetValue((kind, id), out long known) && known >= version) return;
            _versions[(kind, id)] = version;
            if (item is null)
            {
                _items[kind].Remove(id);
                return;
            }
            _items[kind].Put(item);
            Name(item.Organisation);
        }
    }

    private void Name(Organisation organisation)
    {
        if (organisation is { Id.Length: > 0, Name.Length: > 0 }) _names[organisation.Id] = organisation.Name;
    }
}
