namespace Ecosystem.Gateway.Edge;

internal static class Traces
{
    /// <summary>
    /// ASP.NET Core makes an activity for every request as soon as its own log is on, and HttpClient then one of its own and a header, whether
    /// or not anybody reads them: a third of what the gateway does with a request. Without a collector nobody does; a trace that the caller began travels on to
    /// the service as it came.
    /// </summary>
    public static void TraceOnlyForACollector(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
