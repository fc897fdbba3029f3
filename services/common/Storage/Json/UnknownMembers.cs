using System.Text.Json.Nodes;

namespace Ecosystem.Storage;

/// <summary>
/// Carries what a stored body has and this release does not know into the body about to replace it. Unknown is what is missing when the
/// stored body is read and written again without a change. Elements of arrays are matched by their <c>id</c>, else by being equal.
/// </summary>
internal static class UnknownMembers
{
    /// <param name="stored">The body as it was.</param>
    /// <param name="known">The same body, read and written again by this release.</param>
    /// <param name="target">The body about to be written; receives the unknown members.</param>
    public static void Carry(JsonNode? stored, JsonNode? known, JsonNode? target)
    {
        switch (stored, known, target)
        {
            case (JsonObject was, JsonObject read, JsonObject now):
                CarryMembers(was, read, now);
                break;
            case (JsonArray was, JsonArray read, JsonArray now) when was.Count == read.Count:
                CarryElements(was, read, now);
                break;
        }
    }

    private static void CarryMembers(JsonObject stored, JsonObject known, JsonObject target)
    {
        foreach (var (name, value) in stored)
        {
            if (known.TryGetPropertyValue(name, out var read))
            {
                if (target.TryGetPropertyValue(name, out var now))
                    Carry(value, read, now);
            }
            else if (!target.ContainsKey(name))
            {
                target.Add(name, value?.DeepClone());
            }
        }
    }

    private static void CarryElements(JsonArray stored, JsonArray known, JsonArray target)
    {
        var taken = new bool[stored.Count];
        foreach (var element in target.OfType<JsonObject>())
        {
            var at = Enumerable.Range(0, stored.Count).FirstOrDefault(i => !taken[i] && IsSame(known[i], element), defaultValue: -1);
            if (at < 0)
                continue;

            taken[at] = true;
            Carry(stored[at], known[at], element);
        }
    }

    private static bool IsSame(JsonNode? known, JsonObject element) =>
        known is JsonObject other && other.TryGetPropertyValue("id", out var id) && element.TryGetPropertyValue("id", out var otherId)
            ? JsonNode.DeepEquals(id, otherId)
            : JsonNode.DeepEquals(known, element);
}
