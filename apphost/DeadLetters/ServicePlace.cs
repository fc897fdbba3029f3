using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>Where the service is that is asked.</summary>
/// <param name="Address">Its gRPC address.</param>
/// <param name="Local">The running ecosystem it belongs to; null when an address was given.</param>
internal sealed record ServicePlace(Uri Address, EcosystemState? Local)
{
    /// <exception cref="InvalidOperationException">There is no such service; the message says what to do.</exception>
    public static ServicePlace Find(string? service, Uri? address, string stateDirectory)
    {
        if (service is null == address is null)
            throw new InvalidOperationException("Name the service: --service for one on this machine, or --address for any other.");
        if (address is not null)
            return new ServicePlace(address, Local: null);

        if (JsonFile.Read<EcosystemState>(new StateDirectory(stateDirectory).EcosystemFile) is not { } ecosystem)
            throw new InvalidOperationException($"No ecosystem is running here ('{stateDirectory}' says nothing of one). Start it, name its --state, or give --address.");

        var found = ecosystem.Resources.FirstOrDefault(resource => resource.Name == service);
        return found?.Addresses.GetValueOrDefault("grpc") is { } grpc
            ? new ServicePlace(grpc, ecosystem)
            : throw new InvalidOperationException($"There is no service '{service}'. There are: {string.Join(", ", Named(ecosystem))}.");
    }

    private static IEnumerable<string> Named(EcosystemState ecosystem) =>
        ecosystem.Resources.Where(resource => resource.Addresses.ContainsKey("grpc") && resource.Name != "gateway").Select(resource => resource.Name);
}
