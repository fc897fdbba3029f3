using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ecosystem.ServiceDefaults.Hosting;

/// <summary>The service cannot start as it is configured. The message lists every wrong setting with its fix.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Lists what is wrong.</summary>
    /// <param name="errors">One sentence for each wrong setting; at least one.</param>
    public ConfigurationException(IReadOnlyList<string> errors)
        : base($"This service cannot start; {errors.Count} of its settings must be put right:" + string.Concat(errors.Select(error => $"\n  - {error}")))
    {
        Errors = errors;
    }

    /// <summary>One sentence for each wrong setting.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>
    /// Runs every check that was registered with <c>ValidateOnStart</c>, by whichever library. The host would run them too,
    /// but only after it has made the hosted services, the first of which would fail on the first wrong setting.
    /// </summary>
    /// <exception cref="ConfigurationException">At least one setting is wrong.</exception>
    internal static void ThrowIfWrong(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException wrong)
        {
            throw new ConfigurationException([.. wrong.Failures]);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(one => one is OptionsValidationException))
        {
            throw new ConfigurationException([.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures)]);
        }
    }
}
