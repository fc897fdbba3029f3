namespace Ecosystem.AppHost.Local.Running;

/// <summary>How long to wait before a crashed process is started again: doubling up to a limit, forgotten after a stable run.</summary>
internal sealed class RestartBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(20);
    private TimeSpan _next = First;

    /// <summary>The pause after a run that lasted <paramref name="ran"/>.</summary>
    public TimeSpan After(TimeSpan ran)
    {
        var pause = ran >= Stable ? First : _next;
        _next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }
}
