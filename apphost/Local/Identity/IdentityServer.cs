using System.Net.Sockets;
using Ecosystem.AppHost.Local.Identity.Realms;
using Microsoft.AspNetCore.Connections;

namespace Ecosystem.AppHost.Local.Identity;

/// <summary>An OpenID provider for development, at Keycloak's paths and reading the realm file that Keycloak imports.</summary>
internal static class IdentityServer
{
    /// <summary>Serves until cancelled. Returns 0 after a clean stop, 2 when it refuses to start (the reason is on standard error).</summary>
    public static async Task<int> RunAsync(IdentityOptions options, CancellationToken ct)
    {
        try
        {
            await using var app = IdentityApplication.Create(options, TimeProvider.System);
            await app.StartAsync(ct);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (DevelopmentOnlyException refusal)
        {
            return await RefuseAsync(refusal.Message);
        }
        catch (RealmFileException refusal)
        {
            return await RefuseAsync("The realm cannot be used:\n" + string.Join('\n', refusal.Problems.Select(problem => "  - " + problem)));
        }
        catch (InvalidDataException refusal)
        {
            return await RefuseAsync(refusal.Message);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException or SocketException)
        {
            return await RefuseAsync($"The local OpenID provider cannot listen on {options.ListenAddress}: the address is in use. "
                + "Stop the other program or choose another port.");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 2;
    }
}
