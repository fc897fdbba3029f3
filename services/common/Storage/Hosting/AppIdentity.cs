using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ecosystem.Storage;

/// <summary>The Dapr app-id: <c>APP_ID</c>, else the last part of the application's name in lower case.</summary>
internal static class AppIdentity
{
    public static string Of(IConfiguration configuration, IHostEnvironment environment) =>
        configuration["APP_ID"] is { Length: > 0 } id ? id : environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
}
