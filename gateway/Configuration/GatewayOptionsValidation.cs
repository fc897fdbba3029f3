using Microsoft.Extensions.Options;

namespace Ecosystem.Gateway.Configuration;

/// <summary>All faults at once, each with its fix.</summary>
internal sealed class GatewayOptionsValidation : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new List<string>();
        if (options.RateLimit.PerSecond < 1)
            faults.Add($"Gateway:RateLimit:PerSecond is {options.RateLimit.PerSecond}. Set it to 1 or more.");
        if (options.RateLimit.Burst < options.RateLimit.PerSecond)
            faults.Add($"Gateway:RateLimit:Burst is {options.RateLimit.Burst}. Set it to at least PerSecond ({options.RateLimit.PerSecond}).");

        faults.AddRange(options.Cors.Origins
            .Where(origin => !IsOrigin(origin))
            .Select(origin => $"Gateway:Cors:Origins holds '{origin}'. Write scheme, host and port only, as in https://portal.example."));
        faults.AddRange(options.Services
            .Where(service => service.Value.German.Title.Length == 0 || service.Value.English.Title.Length == 0)
            .Select(service => $"Gateway:Services:{service.Key} has no title in German or in English. Add German:Title and English:Title."));
        faults.AddRange(options.Regions
            .SelectMany(region => new[] { ("Http", region.Value.Http), ("Grpc", region.Value.Grpc) }.Select(door => (Name: $"Gateway:Regions:{region.Key}:{door.Item1}", Address: door.Item2)))
            .Where(door => !IsOrigin(door.Address.TrimEnd('/')))
            .Select(door => $"{door.Name} is '{door.Address}'. Set it to scheme, host and port of that region's gateway, as in https://saar.example."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.GetLeftPart(UriPartial.Authority) == text;
}

internal static class GatewayOptionsExtensions
{
    public static void AddGatewayOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidation>();
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
    }
}
