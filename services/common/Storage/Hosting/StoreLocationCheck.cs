using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ecosystem.Storage;

/// <summary>Lets a wrong location be named at start together with every other wrong setting (<c>ValidateOnStart</c>), before a store is opened.</summary>
internal sealed class StoreLocationCheck
{
    internal sealed class Validation(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<StoreLocationCheck>
    {
        public ValidateOptionsResult Validate(string? name, StoreLocationCheck options)
        {
            try
            {
                StoreLocation.Of(configuration, environment, configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions());
                return ValidateOptionsResult.Success;
            }
            catch (InvalidOperationException wrong)
            {
                return ValidateOptionsResult.Fail(wrong.Message);
            }
        }
    }
}
