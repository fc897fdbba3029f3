using Ecosystem.Pages;

namespace Ecosystem.Gateway.Configuration;

/// <summary>The settings of the gateway itself, section <c>Gateway</c>; where requests go is the section <c>ReverseProxy</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    public RateLimit RateLimit { get; set; } = new();
    public Cors Cors { get; set; } = new();

    /// <summary>The other regions by name; the own one may be among them and is passed over.</summary>
    public Dictionary<string, RegionDoor> Regions { get; set; } = [];

    /// <summary>The services behind the door, by app name, as the front page shows them.</summary>
    public Dictionary<string, ServiceDescription> Services { get; set; } = [];

    /// <summary>Accounts to try the system with; shown in Development only.</summary>
    public List<DevelopmentAccount> DevelopmentAccounts { get; set; } = [];
}

/// <summary>A token bucket per client.</summary>
internal sealed class RateLimit
{
    /// <summary>How many requests may come at once.</summary>
    public int Burst { get; set; } = 200;

    /// <summary>How many requests per second are allowed in the long run.</summary>
    public int PerSecond { get; set; } = 100;
}

internal sealed class Cors
{
    /// <summary>The origins whose pages may call the API from a browser, as in <c>https://portal.example</c>; none by default.</summary>
    public List<string> Origins { get; set; } = [];
}

/// <summary>Where the gateway of another region is.</summary>
internal sealed class RegionDoor
{
    /// <summary>Its address for REST, as in <c>https://saar.example</c>.</summary>
    public string Http { get; set; } = "";

    /// <summary>Its address for gRPC, as in <c>https://grpc.saar.example</c>.</summary>
    public string Grpc { get; set; } = "";
}

internal sealed class ServiceDescription
{
    public int Order { get; set; }
    public TitleAndText German { get; set; } = new();
    public TitleAndText English { get; set; } = new();

    public TitleAndText In(PageLanguage language) => language == PageLanguage.German ? German : English;
}

internal sealed class TitleAndText
{
    public string Title { get; set; } = "";
    public string Text { get; set; } = "";
}

internal sealed class DevelopmentAccount
{
    public string Username { get; set; } = "";
    public string Organisation { get; set; } = "";
    public string Role { get; set; } = "";
}
