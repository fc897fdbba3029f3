using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>What is the same for all holders of a region (section <c>Catalog:Region</c>), so that none has to write it.</summary>
internal sealed class RegionalOptions
{
    public const string Section = "Catalog:Region";

    /// <summary>The health data access body that decides on permits here (EHDS Art. 55); empty when holders name it themselves.</summary>
    public string HdabName { get; init; } = string.Empty;

    /// <summary>A page on which the access body is reached, http or https. Required with the name unless there is a mailbox.</summary>
    public string HdabPage { get; init; } = string.Empty;

    /// <summary>Its functional mailbox.</summary>
    public string HdabEmail { get; init; } = string.Empty;
}

internal static class RegionalOptionsExtensions
{
    public static void AddRegionalFacts(this IServiceCollection services)
    {
        services.AddOptions<RegionalOptions>().BindConfiguration(RegionalOptions.Section)
            .Validate(
                o => Problems(o).Count == 0,
                $"{RegionalOptions.Section}: a health data access body (HdabName) needs a valid HdabPage (http or https) or HdabEmail.")
            .ValidateOnStart();
        services.AddSingleton<RegionalFacts>();
    }

    private static IReadOnlyList<Finding> Problems(RegionalOptions options)
    {
        var violations = new Violations();
        violations.CheckWebAddress(nameof(options.HdabPage), options.HdabPage);
        violations.CheckMailbox(nameof(options.HdabEmail), options.HdabEmail);
        violations.Unless(options.HdabName.Length == 0 || options.HdabPage.Length + options.HdabEmail.Length > 0, nameof(options.HdabName), "It must be reachable.");
        return violations.Findings;
    }
}
