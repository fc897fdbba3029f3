using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Ecosystem.ServiceDefaults.Hosting;

/// <summary>Checks the addresses the service shall listen on, <c>Kestrel:Endpoints:*:Url</c>, before Kestrel fails on the first of them.</summary>
internal sealed class ListenAddresses
{
    internal sealed class Validation(IConfiguration configuration) : IValidateOptions<ListenAddresses>
    {
        public ValidateOptionsResult Validate(string? name, ListenAddresses options)
        {
            var errors = configuration.GetSection("Kestrel:Endpoints").GetChildren()
                .Where(endpoint => !IsAddress(endpoint["Url"]))
                .Select(endpoint => $"Kestrel:Endpoints:{endpoint.Key}:Url is '{endpoint["Url"]}'. Set it to an address to listen on, e.g. http://localhost:5110.")
                .ToList();
            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static bool IsAddress(string? url)
        {
            try
            {
                return url is { Length: > 0 } && BindingAddress.Parse(url).Scheme is "http" or "https";
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }
}
