using System.Diagnostics;

namespace Ecosystem.Testing;

/// <summary>Waits for a condition instead of sleeping; fails with what was last seen when the deadline passes.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>The one deadline of all waiting tests: generous, because nothing is asserted about speed and a test that passes never waits for it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    public static Task True(Func<bool> condition, string because, TimeSpan? deadline = null) =>
        True(() => Task.FromResult(condition()), because, deadline);

    /// <summary>Waits until <paramref name="condition"/> holds. An exception counts as not yet.</summary>
    public static async Task True(Func<Task<bool>> condition, string because, TimeSpan? deadline = null) =>
        await Get(async () => await condition() ? true : (bool?)null, because, deadline);

    /// <summary>Waits until <paramref name="find"/> returns something and returns it. An exception counts as not yet.</summary>
    public static async Task<T> Get<T>(Func<Task<T?>> find, string because, TimeSpan? deadline = null)
        where T : struct
    {
        T? found = null;
        await Poll(async () => (found = await find()) is not null, because, deadline);
        return found!.Value;
    }

    /// <summary>Waits until <paramref name="find"/> returns something and returns it. An exception counts as not yet.</summary>
    public static async Task<T> Find<T>(Func<Task<T?>> find, string because, TimeSpan? deadline = null)
        where T : class
    {
        T? found = null;
        await Poll(async () => (found = await find()) is not null, because, deadline);
        return found!;
    }

    private static async Task Poll(Func<Task<bool>> condition, string because, TimeSpan? deadline)
    {
        var clock = Stopwatch.StartNew();
        Exception? last = null;
        while (clock.Elapsed < (deadline ?? Deadline))
        {
            try
            {
                if (await condition())
                {
                    return;
                }

                last = null;
            }
            catch (Exception exception)
            {
                last = exception;
            }

            using var timer = new PeriodicTimer(Interval);
            await timer.WaitForNextTickAsync();
        }

        Xunit.Assert.Fail($"Waited {clock.Elapsed.TotalSeconds:0} s in vain until {because}. {last?.Message}");
    }
}
