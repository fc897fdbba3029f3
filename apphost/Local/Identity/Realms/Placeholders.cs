using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ecosystem.AppHost.Local.Identity.Realms;

/// <summary>
/// Keycloak's <c>${NAME}</c> and <c>${NAME:default}</c> in import files, filled from environment variables. Lower-case names such as
/// <c>${username}</c> are message keys of Keycloak's own pages and stay as they are.
/// </summary>
internal static partial class Placeholders
{
    public static string Fill(string json, Func<string, string?> environment, ICollection<string> problems) =>
        Pattern().Replace(json, match =>
        {
            var name = match.Groups["name"].Value;
            var value = environment(name) is { Length: > 0 } found ? found : null;
            if (value is null && !match.Groups["default"].Success)
            {
                problems.Add($"the environment variable {name} is not set: it fills ${{{name}}} in the realm file");
                return match.Value;
            }

            return JsonEncodedText.Encode(value ?? match.Groups["default"].Value).Value;
        });

    [GeneratedRegex(@"\$\{(?<name>[A-Z][A-Z0-9_]*)(:(?<default>[^}""]*))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
