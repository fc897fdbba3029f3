using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a generated value. Locally it is always kept in the state directory, whatever <paramref name="persist"/> says.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, GenerateParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddResource(new ParameterResource(name, value, secret));
}
