namespace Aspire.Hosting.ApplicationModel;

/// <summary>The OpenID provider. Keycloak where there are containers; here <c>Local/Identity</c> at the same paths.</summary>
internal sealed class KeycloakResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    /// <summary>Realm and account files, as Keycloak imports them.</summary>
    public IList<string> RealmImports { get; } = [];
}
