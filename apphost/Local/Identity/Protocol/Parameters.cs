using Microsoft.Extensions.Primitives;

namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>The parameters of a request; none may be given twice (RFC 6749 section 3.1).</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, string> _values;

    private Parameters(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var single = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (value.Count > 1)
                throw OAuthException.InvalidRequest($"The parameter '{name}' is given more than once.");
            single[name] = value.ToString();
        }

        _values = single;
    }

    /// <summary>An empty value counts as none.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string Required(string name) =>
        this[name] ?? throw OAuthException.InvalidRequest($"The parameter '{name}' is missing.");

    public IEnumerable<KeyValuePair<string, string>> All => _values;

    public static Parameters FromQuery(HttpRequest request) => new(request.Query);

    public static async Task<Parameters> FromFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            throw OAuthException.InvalidRequest("The body must be application/x-www-form-urlencoded.");
        return new Parameters(await request.ReadFormAsync(request.HttpContext.RequestAborted));
    }

    public static async Task<Parameters> FromQueryOrFormAsync(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) ? await FromFormAsync(request) : FromQuery(request);
}
