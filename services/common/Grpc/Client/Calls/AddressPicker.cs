namespace Ecosystem.Grpc.Client.Calls;

/// <summary>Takes the addresses of a service in turn, leaving out for a while those that could not be reached.</summary>
internal sealed class AddressPicker(IReadOnlyList<Uri> addresses, TimeProvider time)
{
    /// <summary>How long an unreachable address is left out.</summary>
    private static readonly TimeSpan LeftOutFor = TimeSpan.FromSeconds(5);

    private readonly long[] _leftOutUntil = new long[addresses.Count];
    private uint _next = uint.MaxValue;

    public int Count => addresses.Count;

    /// <summary>The next address; when none was reachable lately, the next one all the same.</summary>
    public Uri Pick()
    {
        if (addresses.Count == 1)
        {
            return addresses[0];
        }

        var now = time.GetTimestamp();
        var start = Interlocked.Increment(ref _next);
        for (uint i = 0; i < addresses.Count; i++)
        {
            var index = (int)((start + i) % addresses.Count);
            if (Volatile.Read(ref _leftOutUntil[index]) <= now)
            {
                return addresses[index];
            }
        }

        return addresses[(int)(start % addresses.Count)];
    }

    public void LeaveOut(Uri unreachable)
    {
        var until = time.GetTimestamp() + (long)(LeftOutFor.TotalSeconds * time.TimestampFrequency);
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses[i] == unreachable)
            {
                Volatile.Write(ref _leftOutUntil[i], until);
            }
        }
    }
}
