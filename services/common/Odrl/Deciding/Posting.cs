namespace Ecosystem.Odrl;

/// <summary>
/// The policies under one key of an index. Never changes for those who read it; appending costs the same however many there are, because
/// the room behind the last policy is shared with the next generation.
/// </summary>
internal sealed class Posting
{
    private readonly CompiledPolicy[] _room;
    private readonly int _count;

    private Posting(CompiledPolicy[] room, int count) => (_room, _count) = (room, count);

    public static Posting Of(CompiledPolicy policy) => new([policy], 1);

    public ReadOnlySpan<CompiledPolicy> Policies => _room.AsSpan(0, _count);

    /// <summary>The same and one more. Only the newest generation may be appended to, by one writer at a time.</summary>
    public Posting With(CompiledPolicy policy)
    {
        var room = _room;
        if (_count == room.Length)
            Array.Resize(ref room, _count * 2);
        room[_count] = policy;
        return new(room, _count + 1);
    }

    /// <summary>The same without one policy; null when nothing is left.</summary>
    public Posting? Without(CompiledPolicy policy)
    {
        var rest = Array.FindAll(_room[.._count], known => known != policy);
        return rest.Length > 0 ? new(rest, rest.Length) : null;
    }
}
