using Ecosystem.Pages;

namespace Ecosystem.AppHost.Local.Identity.Pages;

internal static class Links
{
    /// <summary>The page asked for, in another language (Keycloak's <c>kc_locale</c>).</summary>
    public static Func<PageLanguage, string> InLanguage(HttpRequest request) =>
        InLanguage(request.Path, request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));

    public static Func<PageLanguage, string> InLanguage(string path, IEnumerable<KeyValuePair<string, string>> query) => language =>
        path + QueryString.Create(query.Where(pair => pair.Key != "kc_locale")
            .Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value))
            .Append(KeyValuePair.Create<string, string?>("kc_locale", language.Tag())));
}
