using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.ServiceDefaults.Hosting;

/// <summary>The region this process serves: setting <c>REGION</c>, lower case, <c>ruhr</c> when absent.</summary>
internal static class Region
{
    public static string Of(IServiceProvider services) => Of(services.GetRequiredService<IConfiguration>());

    public static string Of(IConfiguration configuration) => configuration["REGION"] is { Length: > 0 } region ? region : "ruhr";
}
