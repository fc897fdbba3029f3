using System.Text.Json;

namespace Ecosystem.AppHost.Local.Identity.Realms;

/// <summary>Reads the realm file (and the file of development accounts) and checks both; all problems are reported at once.</summary>
internal static class RealmFile
{
    /// <exception cref="RealmFileException">The files cannot be read or contradict themselves.</exception>
    public static Realm Read(IdentityOptions options)
    {
        var problems = new List<string>();
        var document = Parse<RealmDocument>(options.RealmFile, options.Environment, problems);
        var users = options.UsersFile is null ? new UsersDocument() : Parse<UsersDocument>(options.UsersFile, options.Environment, problems);
        if (document is null || users is null)
            throw new RealmFileException(problems);

        if (string.IsNullOrWhiteSpace(document.Realm))
            problems.Add($"{options.RealmFile}: 'realm' is missing");
        if (users.Realm is not null && users.Realm != document.Realm)
            problems.Add($"{options.UsersFile}: its realm is '{users.Realm}', the realm file's is '{document.Realm}'");

        var roles = (document.Roles?.Realm ?? []).Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        var realm = new Realm
        {
            Name = document.Realm ?? "",
            DisplayName = document.DisplayName ?? document.Realm ?? "",
            CodeLifetime = TimeSpan.FromSeconds(document.AccessCodeLifespan),
            AccessTokenLifetime = TimeSpan.FromSeconds(document.AccessTokenLifespan),
            SessionIdleTimeout = TimeSpan.FromSeconds(document.SsoSessionIdleTimeout),
            SessionMaxLifetime = TimeSpan.FromSeconds(document.SsoSessionMaxLifespan),
            Clients = ByKey(document.Clients.Where(client => client.Enabled).Select(client => ToClient(client, problems)),
                client => client.Id, StringComparer.Ordinal, "client", problems),
            Accounts = ByKey(document.Users.Concat(users.Users).Where(user => user.Enabled).Select(user => ToAccount(user, roles, problems)),
                account => account.Username, StringComparer.OrdinalIgnoreCase, "user", problems),
        };
        return problems.Count == 0 ? realm : throw new RealmFileException(problems);
    }

    private static T? Parse<T>(string path, Func<string, string?> environment, List<string> problems)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Placeholders.Fill(File.ReadAllText(path), environment, problems), RealmDocument.Json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            problems.Add($"{path} cannot be read: {exception.Message}");
            return null;
        }
    }

    private static Client ToClient(ClientDocument client, List<string> problems)
    {
        if (!client.PublicClient && string.IsNullOrEmpty(client.Secret))
            problems.Add($"client '{client.ClientId}' is confidential but has no 'secret'");
        if (client.StandardFlowEnabled && client.RedirectUris.Count == 0)
            problems.Add($"client '{client.ClientId}' allows the code flow but names no 'redirectUris'");

        return new Client
        {
            Id = client.ClientId,
            Name = client.Name ?? client.ClientId,
            Secret = client.PublicClient ? null : client.Secret ?? "",
            MayUseCodeFlow = client.StandardFlowEnabled,
            MayUseClientCredentials = client.ServiceAccountsEnabled && !client.PublicClient,
            RequiresPkce = client.PublicClient || client.Attributes.ContainsKey("pkce.code.challenge.method"),
            RedirectUris = new RedirectPatterns(client.RedirectUris),
            PostLogoutRedirectUris = new RedirectPatterns(PostLogoutRedirectUris(client)),
            WebOrigins = client.WebOrigins.ToHashSet(StringComparer.Ordinal),
            Mappers = [.. client.ProtocolMappers.Select(mapper => ClaimMapper.Read(mapper, client.ClientId, problems)).OfType<ClaimMapper>()],
        };
    }

    // Keycloak joins them with "##"; "+" stands for the redirect URIs of the login, "-" (or nothing) for none.
    private static IReadOnlyList<string> PostLogoutRedirectUris(ClientDocument client) =>
        client.Attributes.TryGetValue("post.logout.redirect.uris", out var value)
            ? [.. value.Split("##").SelectMany(uri => uri switch { "+" => client.RedirectUris, "-" or "" => [], _ => [uri] })]
            : [];

    private static Account ToAccount(UserDocument user, HashSet<string> roles, List<string> problems)
    {
        problems.AddRange(user.RealmRoles.Where(role => !roles.Contains(role))
            .Select(role => $"user '{user.Username}' has the role '{role}', which the realm does not define"));

        return new Account
        {
            Id = user.Id ?? user.Username,
            Username = user.Username,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Password = user.Credentials.FirstOrDefault(credential => credential.Type == "password")?.Value,
            ServiceClientId = user.ServiceAccountClientId,
            Roles = user.RealmRoles,
            Attributes = user.Attributes.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => pair.Value, StringComparer.Ordinal),
        };
    }

    private static Dictionary<string, T> ByKey<T>(
        IEnumerable<T> items, Func<T, string> key, StringComparer comparer, string kind, List<string> problems)
    {
        var found = new Dictionary<string, T>(comparer);
        foreach (var item in items)
        {
            if (key(item).Length == 0)
                problems.Add($"a {kind} has no name");
            else if (!found.TryAdd(key(item), item))
                problems.Add($"the {kind} '{key(item)}' is defined twice");
        }

        return found;
    }
}

/// <summary>The realm cannot be used; <see cref="Problems"/> holds every reason found.</summary>
internal sealed class RealmFileException(IReadOnlyList<string> problems)
    : Exception("The realm cannot be used: " + string.Join("; ", problems) + ".")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
