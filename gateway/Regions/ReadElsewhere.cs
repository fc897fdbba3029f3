using Ecosystem.Gateway.Configuration;

namespace Ecosystem.Gateway.Regions;

/// <summary>
/// Reads what a service of this region cannot give at present from another region, if that has it: what is public there, because it knows no
/// callers of ours. Writes never move. The answer names the region that gave it.
/// </summary>
internal sealed partial class ReadElsewhere(KnownRegions regions, RegionConnections connections, ILogger<ReadElsewhere> logger)
{
    /// <summary>Metadata of a cluster whose reads may come from another region.</summary>
    public const string Setting = "FailOverReads";

    // One step only: two regions whose catalogues are both away would send each other round and round.
    private const string AlreadyElsewhere = "x-read-elsewhere";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether another region has answered.</summary>
    public async Task<bool> TryAsync(HttpContext context, IReadOnlyDictionary<string, string>? cluster)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || context.Response.HasStarted || request.Headers.ContainsKey(AlreadyElsewhere)
            || cluster?.GetValueOrDefault(Setting) is not ("true" or "True"))
        {
            return false;
        }

        foreach (var (region, door) in regions.Others)
        {
            if (await TryAsync(context, region, door))
                return true;
        }

        return false;
    }

    private async Task<bool> TryAsync(HttpContext context, string region, RegionDoor door)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, door.Http.TrimEnd('/') + context.Request.PathBase + context.Request.Path + context.Request.QueryString);
            question.Headers.Add(RegionHeader.Name, region);
            question.Headers.Add(AlreadyElsewhere, regions.Own);
            foreach (var name in (string[])["Accept", "Accept-Language"])
                question.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)context.Request.Headers[name]);

            using var answer = await connections.Http.SendAsync(question, patience.Token);
            if (!answer.IsSuccessStatusCode)
                return false; // not having it there says nothing about whether it exists here

            LogElsewhere(logger, region);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.Headers[RegionHeader.Name] = region;
            context.Response.Headers.CacheControl = "no-store";
            await answer.Content.CopyToAsync(context.Response.Body, patience.Token);
            return true;
        }
        catch (Exception away) when (!context.Response.HasStarted && away is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A read was answered by the region {Region}, because no copy of the service here did")]
    private static partial void LogElsewhere(ILogger logger, string region);
}
