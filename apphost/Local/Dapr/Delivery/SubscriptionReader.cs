using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecosystem.AppHost.Local.Dapr.Resources;
using Ecosystem.AppHost.Local.Dapr.Routing;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Collects what an app subscribes to: what it answers at <c>GET /dapr/subscribe</c>, and what YAML declares for it.</summary>
internal sealed class SubscriptionReader(HttpClient http, IReadOnlyList<SubscriptionResource> declared, IReadOnlyDictionary<string, PubSubComponent> components, ILogger logger)
{
    // Go reads member names whatever their case: docs write pubsubname, the .NET SDK pubsubName.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>Null when the app could not be asked; it is asked again then.</summary>
    public async Task<IReadOnlyList<Subscription>?> ReadAsync(string appId, CancellationToken ct)
    {
        if (await AskAsync(appId, ct) is not { } told)
        {
            return null;
        }

        var subscriptions = new List<Subscription>();
        var specs = told.Select(spec => (spec, Type: "PROGRAMMATIC"))
            .Concat(declared.Where(d => d.IsFor(appId)).Select(d => (spec: d.Spec, Type: "DECLARATIVE")));
        foreach (var (spec, type) in specs)
        {
            if (Check(appId, spec, type) is { } subscription && !subscriptions.Exists(s => s.PubSub == subscription.PubSub && s.Topic == subscription.Topic))
            {
                subscriptions.Add(subscription);
            }
        }

        return subscriptions;
    }

    private async Task<List<SubscriptionSpec>?> AskAsync(string appId, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync("/dapr/subscribe", ct);
            if ((int)response.StatusCode is >= 400 and < 500)
            {
                // 404 is the usual way to say "none". Dapr takes any other refusal for the same and mentions it.
                var level = response.StatusCode == HttpStatusCode.NotFound ? LogLevel.Debug : LogLevel.Warning;
                logger.Log(level, "{App} answered {Status} at GET /dapr/subscribe; it gets no messages.", appId, (int)response.StatusCode);
                return [];
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<List<SubscriptionSpec>>(Json, ct) ?? [];
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("{App} did not tell its subscriptions at GET /dapr/subscribe: {Reason} It is asked again.", appId, e.Message);
            return null;
        }
    }

    private Subscription? Check(string appId, SubscriptionSpec spec, string type)
    {
        try
        {
            var subscription = Subscription.From(spec, type);
            if (!components.TryGetValue(subscription.PubSub, out var component) || !component.IsFor(appId))
            {
                throw new InvalidDataException($"pubsub {subscription.PubSub} is not found.");
            }

            return component.MaySubscribe(appId, subscription.Topic)
                ? subscription
                : throw new InvalidDataException($"topic {subscription.Topic} is not allowed for app id {appId}.");
        }
        catch (Exception e) when (e is InvalidDataException or MatchSyntaxException)
        {
            logger.LogError("The subscription of {App} to '{Topic}' is refused: {Reason}", appId, spec.Topic, e.Message);
            return null;
        }
    }
}
