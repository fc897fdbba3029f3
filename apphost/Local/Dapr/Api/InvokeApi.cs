using Ecosystem.AppHost.Local.Dapr.Delivery;

namespace Ecosystem.AppHost.Local.Dapr.Api;

/// <summary>Service invocation: any request is passed to the named app, and its answer back as it is.</summary>
internal sealed class InvokeApi(IReadOnlyList<AppGroup> apps)
{
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", AppChannel.TokenHeader, "dapr-app-id",
    };

    public async Task InvokeAsync(string caller, string target, string path, HttpContext context)
    {
        // An app-id may carry a namespace; on one machine there is only one.
        var appId = target.Split('.', 2)[0];
        if (apps.FirstOrDefault(app => app.AppId == appId) is not { } callee)
        {
            await Failed(target, $"couldn't find app with id {appId}").ExecuteAsync(context);
            return;
        }

        using var request = Request(caller, appId, path, context.Request);
        try
        {
            using var response = await Next(callee.Instances).Channel.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            await CopyAsync(response, context);
        }
        catch (HttpRequestException e) when (!context.Response.HasStarted)
        {
            await Failed(target, e.Message).ExecuteAsync(context);
        }
    }

    /// <summary>The instances take turns; one that is not ready is asked only when none is.</summary>
    private static AppInstance Next(Instances instances)
    {
        List<AppInstance> ready = [.. instances.All.Where(instance => instance.IsReady)];
        var candidates = ready.Count > 0 ? ready : instances.All;
        return candidates[(int)(instances.Turn() % (uint)candidates.Count)];
    }

    private static IResult Failed(string target, string reason) =>
        new DaprError("ERR_DIRECT_INVOKE", $"failed to invoke, id: {target}, err: {reason}").As(StatusCodes.Status500InternalServerError);

    private static HttpRequestMessage Request(string caller, string callee, string path, HttpRequest incoming)
    {
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), "/" + path.TrimStart('/') + incoming.QueryString);
        if (incoming.ContentLength > 0 || incoming.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(incoming.Body);
        }

        foreach (var (name, values) in incoming.Headers.Where(h => !OfOneConnection.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        request.Headers.TryAddWithoutValidation("dapr-caller-app-id", caller);
        request.Headers.TryAddWithoutValidation("dapr-callee-app-id", callee);
        return request;
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext context)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(h => !OfOneConnection.Contains(h.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
