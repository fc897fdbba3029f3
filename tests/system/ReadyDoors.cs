namespace Ecosystem.SystemTests;

/// <summary>
/// A plain client in front of several doors, as an ingress is: sends each request to the next door that says it is ready, and repeats nothing.
/// </summary>
internal sealed class ReadyDoors : DelegatingHandler
{
    private readonly Door[] _doors;
    private readonly CancellationTokenSource _closing = new();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Task _watching;
    private uint _turn;

    /// <param name="doors">Where to ask for readiness, and where requests go.</param>
    public ReadyDoors(IEnumerable<(Uri Health, Uri Address)> doors)
        : base(new SocketsHttpHandler())
    {
        _doors = [.. doors.Select(door => new Door(door.Health, door.Address))];
        _watching = Task.WhenAll(_doors.Select(WatchAsync));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var ready = _doors.Where(door => door.IsReady).ToArray();
        var open = ready.Length > 0 ? ready : _doors;
        var door = open[Interlocked.Increment(ref _turn) % (uint)open.Length];
        request.RequestUri = new Uri(door.Address, request.RequestUri!.PathAndQuery);
        var answer = await base.SendAsync(request, cancellationToken);
        door.IsReady &= !answer.Headers.Contains("x-draining");
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closing.Cancel();
            _watching.GetAwaiter().GetResult();
            _closing.Dispose();
            _probe.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WatchAsync(Door door)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            do
            {
                door.IsReady = await IsReadyAsync(door.Health);
            }
            while (await timer.WaitForNextTickAsync(_closing.Token));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> IsReadyAsync(Uri health)
    {
        try
        {
            using var answer = await _probe.GetAsync(health, _closing.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !_closing.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class Door(Uri health, Uri address)
    {
        private volatile bool _isReady = true;

        public Uri Health => health;

        public Uri Address => address;

        public bool IsReady { get => _isReady; set => _isReady = value; }
    }
}
