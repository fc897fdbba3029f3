using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.AppHost.Demo;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.V1;
using Ecosystem.Testing;
using Google.Protobuf;

namespace Ecosystem.SystemTests;

/// <summary>What people do at the public door while something is killed, and what they may rely on afterwards.</summary>
internal static class Traffic
{
    private const string Research = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";

    /// <summary>The door limits how often one client may ask; whoever is told to wait, waits.</summary>
    public static async Task<HttpStatusCode> ReadAsync(HttpClient http, string address)
    {
        while (true)
        {
            var answer = await http.GetAsync(address);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer.StatusCode;
            }

            using var pause = new PeriodicTimer(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
            await pause.WaitForNextTickAsync();
        }
    }

    public static async Task WriteAsync(HttpClient http, ConcurrentQueue<string> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await IdOfAsync(http, "/catalog/v1/competences", JsonSerializer.Serialize(Example())) is { } id)
            {
                acknowledged.Enqueue(id);
            }
        }
    }

    /// <summary>The demo's load on the policy service: an asset with terms is registered, and an analyst asks for it as soon as the news is there.</summary>
    public static async Task AskForDataAsync(HttpClient holder, HttpClient analyst, ConcurrentQueue<string> agreements, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await IdOfAsync(holder, "/catalog/v1/data-assets", JsonFormatter.Default.Format(Examples.ChestXRays(TimeProvider.System))) is not { } asset
                || await IdOfAsync(holder, $"/catalog/v1/data-assets/{asset}:attachOffer", JsonSerializer.Serialize(new { policyJson = Examples.ResearchOnlyOffer() })) is null)
            {
                continue;
            }

            var request = JsonFormatter.Default.Format(Examples.Request(new() { Id = asset }, Research, TimeProvider.System));
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            string? agreement;
            while ((agreement = await IdOfAsync(analyst, "/policy/v1/agreements", request)) is null && !stop.IsCancellationRequested)
            {
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }

            if (agreement is not null)
            {
                agreements.Enqueue(agreement);
            }
        }
    }

    /// <summary>
    /// One data asset is handed in for review, another is deprecated and withdrawn; a solution and a reference project are shown and taken away;
    /// a catalogue that must not be reached is harvested in vain; somebody keeps a search that a new asset matches.
    /// </summary>
    public static async Task LeadALifeAsync(HttpClient holder, HttpClient @operator)
    {
        await PostAsync(holder, "/catalog/v1/saved-searches", new SavedSearch
        {
            Name = "Beispiel", Search = new SearchDataAssetsRequest { AreaKey = "05" }, NotifyByEvent = true,
        });
        var draft = Examples.ChestXRays(TimeProvider.System);
        draft.State = PublicationState.Draft;
        await MoveAsync(holder, draft, PublicationState.Review);
        await MoveAsync(holder, Examples.ChestXRays(TimeProvider.System), PublicationState.Deprecated, PublicationState.Withdrawn);
        await ShowAsync(holder, "/catalog/v1/solutions", new Solution
        {
            Title = InGerman("Wundkamera"), Description = InGerman("Beispiel"), Status = Solution.Types.Status.Idea, Areas = { new Area { Key = "05911000" } },
        });
        await ShowAsync(holder, "/catalog/v1/reference-projects", new ReferenceProject
        {
            Title = InGerman("Gesund aufwachsen"),
            Description = InGerman("Beispiel"),
            Status = ReferenceProject.Types.Status.Running,
            Areas = { new Area { Key = "05911000" } },
        });
        var source = await PostAsync(@operator, "/catalog/v1/harvest-sources", new HarvestSource
        {
            Name = "Beispiel", Url = "http://127.0.0.1:9/", License = "https://example.org/licence", HolderId = "quelle-beispiel",
        });
        await PostAsync(@operator, $"/catalog/v1/harvest-sources/{source.GetProperty("id").GetString()}:run", new RunHarvestRequest());
    }

    /// <summary>A round of meetings is opened, a need is stated, and a question over data that matching has just heard of; the demo's pair is matched by itself.</summary>
    public static async Task SeekPartnersAsync(HttpClient holder, HttpClient @operator)
    {
        await PostAsync(@operator, "/matching/v1/meeting-rounds", new MeetingRound { Title = InGerman("Beispiel"), Slots = 1, Aim = MeetingRound.Types.Aim.Stable });
        await PostAsync(holder, "/matching/v1/needs", new Need
        {
            Title = InGerman("Beispiel"), Urgency = Need.Types.Urgency.Normal, Source = Need.Types.Source.Care,
        });
        var asset = await IdOfAsync(holder, "/catalog/v1/data-assets", JsonFormatter.Default.Format(Examples.ChestXRays(TimeProvider.System)));
        var question = JsonFormatter.Default.Format(new Question { Title = InGerman("Beispiel"), DataAssetIds = { asset }, Purpose = Research });
        await Eventually.True(async () => await IdOfAsync(holder, "/matching/v1/questions", question) is not null, "matching has heard of the data asset");
    }

    private static LocalizedText InGerman(string text) => new() { Values = { ["de"] = text } };

    private static async Task ShowAsync(HttpClient provider, string address, IMessage resource)
    {
        var shown = await PostAsync(provider, address, resource);
        var answer = await provider.DeleteAsync($"{address}/{shown.GetProperty("id").GetString()}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string address, IMessage body)
    {
        using var content = new StringContent(JsonFormatter.Default.Format(body), Encoding.UTF8, "application/json");
        var answer = await http.PostAsync(address, content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task MoveAsync(HttpClient holder, DataAsset asset, params PublicationState[] states)
    {
        var id = await IdOfAsync(holder, "/catalog/v1/data-assets", JsonFormatter.Default.Format(asset));
        foreach (var state in states)
        {
            await PostAsync(holder, $"/catalog/v1/data-assets/{id}:transition", new TransitionDataAssetRequest { State = state, Reason = InGerman("Beispiel") });
        }
    }

    /// <summary>The id of what was created, or null when it was not acknowledged.</summary>
    private static async Task<string?> IdOfAsync(HttpClient http, string address, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await http.PostAsync(address, content, CancellationToken.None);
            return answer.StatusCode == HttpStatusCode.OK
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    public static async Task<bool> AllAsync(IEnumerable<string> ids, Func<string, Task<HttpStatusCode>> ask)
    {
        foreach (var id in ids)
        {
            if (await ask(id) != HttpStatusCode.OK)
            {
                return false;
            }
        }

        return true;
    }

    public static object Example() => new
    {
        title = new { values = new { de = "Beispiel" } },
        description = new { values = new { de = "Ein Beispiel für die Prüfung." } },
        methods = new[] { "segmentation" },
        evidence = new[] { new { kind = "KIND_BENCHMARK", statement = "Beispiel", url = "https://competence.example/" } },
    };
}
