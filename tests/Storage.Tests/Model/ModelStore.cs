using System.Text;

namespace Ecosystem.Storage.Tests;

/// <summary>A store as its contract describes it: a dictionary, and rules short enough to be believed.</summary>
internal sealed class ModelStore
{
    private Dictionary<string, Clinic> _clinics = new(StringComparer.Ordinal);

    public Clinic? Find(string id) => _clinics.GetValueOrDefault(id);

    /// <summary>Applies everything or nothing; returns whether it did. Deletes come first, then what was there, then what is new.</summary>
    public bool Save(Step.Save save)
    {
        var last = save.Changes.GroupBy(change => change.Id, StringComparer.Ordinal).Select(changes => changes.Last()).ToList();
        var next = new Dictionary<string, Clinic>(_clinics, StringComparer.Ordinal);
        foreach (var removed in last.OfType<Remove>())
            next.Remove(removed.Id);
        foreach (var put in last.OfType<Put>().OrderByDescending(put => save.LooksFirst && _clinics.ContainsKey(put.Id)).ThenBy(put => put.Id, StringComparer.Ordinal))
        {
            var isTaken = !save.LooksFirst && next.ContainsKey(put.Id);
            if (isTaken || next.Values.Any(other => other.Id != put.Id && put.Register is not null && other.RegisterNumber == put.Register))
                return false;
            next[put.Id] = put.Clinic;
        }

        _clinics = next;
        return true;
    }

    public void Put(Clinic clinic) => _clinics[clinic.Id] = clinic;

    public List<string> Ask(Step.Ask ask)
    {
        var found = _clinics.Values
            .Where(clinic => ask.Cities is null || ask.Cities.Contains(clinic.City))
            .Where(clinic => !ask.HasRange || (clinic.Beds is { } beds && (ask.From is null || beds >= ask.From) && (ask.Before is null || beds < ask.Before)))
            .Where(clinic => ask.Theme is null || clinic.Themes.Contains(ask.Theme));
        var ordered = ask.Order switch
        {
            "city" => found.Order(Comparer<Clinic>.Create((one, other) => ByCity(one.City, other.City))).ThenBy(clinic => clinic.Id, StringComparer.Ordinal),
            "beds" => found.OrderBy(clinic => clinic.Beds ?? long.MinValue).ThenBy(clinic => clinic.Id, StringComparer.Ordinal),
            _ => found.OrderBy(clinic => clinic.Id, StringComparer.Ordinal),
        };
        var ids = ordered.Select(clinic => clinic.Id);
        return [.. ask is { Order: not null, IsDescending: true } ? ids.Reverse() : ids];
    }

    /// <summary>No value first, then by code point, which is the order of the bytes of UTF-8.</summary>
    private static int ByCity(string? one, string? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)),
    };
}
