using System.Threading.Channels;

namespace Ecosystem.Policy.Decisions;

/// <summary>Wakes whoever watches an agreement as soon as this process has saved a change of it. Of changes by other replicas only looking tells.</summary>
internal sealed class AgreementNews
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Watcher>> _watchers = new(StringComparer.Ordinal);

    public Watcher Watch(string agreementId)
    {
        var watcher = new Watcher(this, agreementId);
        lock (_gate)
        {
            if (!_watchers.TryGetValue(agreementId, out var watchers))
                _watchers[agreementId] = watchers = [];
            watchers.Add(watcher);
        }

        return watcher;
    }

    public void Tell(IEnumerable<string> agreementIds)
    {
        lock (_gate)
        {
            foreach (var watcher in agreementIds.SelectMany(id => _watchers.GetValueOrDefault(id, [])))
                watcher.Wake();
        }
    }

    private void Leave(Watcher watcher)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(watcher.AgreementId, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
                _watchers.Remove(watcher.AgreementId);
        }
    }

    /// <summary>Somebody who watches. What was told while they were busy is not lost.</summary>
    internal sealed class Watcher(AgreementNews news, string agreementId) : IDisposable
    {
        private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public string AgreementId => agreementId;

        public void Wake() => _told.Writer.TryWrite(true);

        /// <summary>Waits until something was told, or until the time is over.</summary>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(_told.Reader.WaitToReadAsync(end.Token).AsTask(), Task.Delay(atMost, time, end.Token));
            await end.CancelAsync();
            ct.ThrowIfCancellationRequested();
            _told.Reader.TryRead(out _);
        }

        public void Dispose() => news.Leave(this);
    }
}
