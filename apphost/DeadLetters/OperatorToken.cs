using Ecosystem.AppHost.Demo;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>On whose behalf the service is asked. A token is never an argument: those are seen by everybody on the machine.</summary>
internal static class OperatorToken
{
    public const string Variable = "ECOSYSTEM_TOKEN";

    /// <summary>The development account that may do this; it exists on this machine only.</summary>
    private const string DevelopmentOperator = "operator";

    /// <exception cref="InvalidOperationException">There is none; the message says how to give one.</exception>
    public static async Task<string> FindAsync(string? file, ServicePlace place, CancellationToken ct)
    {
        if (file is not null)
            return await ReadAsync(file, ct);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given.Trim();
        if (place.Local is { } ecosystem)
            return await new SignIn(ecosystem.Identity, ecosystem.Http).AsAsync(DevelopmentOperator, DevelopmentAccounts.Password, ct);

        throw new InvalidOperationException($"Give an access token of an operator: in the environment variable {Variable}, or in a file with --token-file.");
    }

    private static async Task<string> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            var text = file == "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct);
            return text.Trim() is { Length: > 0 } token ? token : throw new InvalidOperationException($"'{file}' holds no token.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The token cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
