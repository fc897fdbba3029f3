using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ecosystem.Messaging;

/// <summary>Lets wrong settings of messaging be named at start together with every other wrong setting (<c>ValidateOnStart</c>).</summary>
internal sealed class MessagingCheck
{
    internal sealed class Validation(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<MessagingCheck>
    {
        public ValidateOptionsResult Validate(string? name, MessagingCheck options)
        {
            try
            {
                MessagingOptions.Of(configuration, environment);
                return ValidateOptionsResult.Success;
            }
            catch (InvalidOperationException wrong)
            {
                return ValidateOptionsResult.Fail(wrong.Message);
            }
        }
    }
}
