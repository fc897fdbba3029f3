namespace Ecosystem.Catalog.Statistics;

/// <summary>Everything that is counted, in memory. A question goes through all of it once, which takes some milliseconds for a million things.</summary>
internal sealed class CatalogueFigures
{
    private readonly Lock _access = new();
    private readonly Dictionary<Guid, CountedThing> _things = [];

    /// <summary>When it was last compared with the store; null before the first time.</summary>
    public DateTimeOffset? CountTime { get; private set; }

    /// <summary>Takes in what a document says now; null where nothing is to be counted any more.</summary>
    public void Put(string id, CountedThing? thing)
    {
        lock (_access)
        {
            if (thing is null)
            {
                _things.Remove(Guid.Parse(id));
            }
            else
            {
                _things[Guid.Parse(id)] = thing;
            }
        }
    }

    public void WereTrueAt(DateTimeOffset time)
    {
        lock (_access)
        {
            CountTime = time;
        }
    }

    /// <summary>Shows every thing once.</summary>
    public void Each(Action<CountedThing> see)
    {
        lock (_access)
        {
            foreach (CountedThing thing in _things.Values)
            {
                see(thing);
            }
        }
    }
}
