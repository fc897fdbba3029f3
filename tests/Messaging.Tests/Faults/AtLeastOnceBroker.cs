using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ecosystem.Messaging.Tests;

/// <summary>
/// Delivers what was published until it is acknowledged, in order for each subject, and every so often once more: what a broker
/// promises and no more.
/// </summary>
internal sealed class AtLeastOnceBroker(IReadOnlyList<Replica> consumers) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Task> _subjects = new();
    private readonly Lock _gate = new();
    private int _turn;
    private int _delivered;

    public int Delivered => Volatile.Read(ref _delivered);

    /// <summary>Attempts that were not acknowledged.</summary>
    public int Failed { get; private set; }

    public void Take(SidecarDouble.Sent sent)
    {
        lock (_gate)
            _subjects[sent.Text("subject")] = DeliverAfterAsync(_subjects.GetValueOrDefault(sent.Text("subject"), Task.CompletedTask), sent.Event);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_subjects.Values);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task DeliverAfterAsync(Task before, JsonElement json)
    {
        await before;
        while (!_stop.IsCancellationRequested && !await TryDeliverAsync(json))
        {
            Failed++;
            await Task.Delay(20, CancellationToken.None); // a broker's back-off
        }

        if (Interlocked.Increment(ref _delivered) % 10 == 0)
            await TryDeliverAsync(json); // the acknowledgement was lost, so it comes again
    }

    private async Task<bool> TryDeliverAsync(JsonElement json)
    {
        if (consumers[Interlocked.Increment(ref _turn) % consumers.Count].Address is not { } address)
            return false;

        try
        {
            using var content = new StringContent(json.GetRawText(), new MediaTypeHeaderValue("application/cloudevents+json"));
            using var response = await _http.PostAsync(new Uri(address, "/events"), content, _stop.Token);
            return response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()).Contains("SUCCESS", StringComparison.Ordinal);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
        {
            return false; // killed while it worked on it
        }
    }
}
