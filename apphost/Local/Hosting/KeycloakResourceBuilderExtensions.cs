using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class KeycloakResourceBuilderExtensions
{
    public static IResourceBuilder<KeycloakResource> AddKeycloak(this IDistributedApplicationBuilder builder, string name, int? port = null)
    {
        var keycloak = new KeycloakResource(name);
        keycloak.Annotations.Add(new EndpointAnnotation("http") { Port = port });
        return builder.AddResource(keycloak);
    }

    public static IResourceBuilder<KeycloakResource> WithRealmImport(this IResourceBuilder<KeycloakResource> builder, string import)
    {
        builder.Resource.RealmImports.Add(Path.GetFullPath(import, builder.ApplicationBuilder.AppHostDirectory));
        return builder;
    }
}
