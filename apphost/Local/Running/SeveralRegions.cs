using System.Globalization;
using Aspire.Hosting;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>
/// Runs several regions on this machine, each by an apphost of its own with its own state, as they would run apart; their gateways are told
/// of each other. One that ends leaves the others running.
/// </summary>
/// <param name="regions">Their names; the first has the wanted ports, the next two more, and so on.</param>
/// <param name="state">The folder with a state directory for each.</param>
/// <param name="httpPort">The first public HTTP port; 0 takes free ones.</param>
/// <param name="grpcPort">The first public gRPC port; 0 takes free ones.</param>
/// <param name="settings">What one region would be run with.</param>
internal sealed class SeveralRegions(IReadOnlyList<string> regions, string state, int httpPort, int grpcPort, IReadOnlyList<string> settings)
{
    private const int Apart = 2; // 8080 and 8081, 8082 and 8083, ...
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(60);

    /// <exception cref="DistributedApplicationException">A port is taken, or a region ended before it was asked to; the message names it.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(state);
        var places = Places();
        LogBook.Shown = true;
        var children = places.Select((place, number) => (place.Region, Process: Start(place, places, number))).ToList();
        try
        {
            var ended = children.Select(child => EndAsync(child.Region, child.Process, ct)).ToList();
            while (ended.Count > 0)
            {
                var first = await Task.WhenAny(ended);
                ended.Remove(first);
                if (await first is { } sentence && ended.Count == 0)
                {
                    throw new DistributedApplicationException(sentence);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl+C or SIGTERM: the orderly end.
        }
        finally
        {
            LogBook.Shown = false;
            await Task.WhenAll(children.Select(child => child.Process.StopAsync(StopGrace, TimeProvider.System)));
            children.ForEach(child => child.Process.Dispose());
        }
    }

    private static async Task<string?> EndAsync(string region, ChildProcess process, CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        var sentence = $"The region {region} ended with exit code {process.ExitCode}; its last words are above.";
        await Console.Error.WriteLineAsync(sentence);
        return sentence;
    }

    private List<Place> Places()
    {
        var ports = new PortBook(Path.Combine(state, "ports.json"));
        List<Place> places =
        [
            .. regions.Select((region, number) => new Place(
                region,
                httpPort == 0 ? ports.Free($"{region}-http") : ports.Fixed(httpPort + (number * Apart), $"the gateway of {region}", "--http-port"),
                grpcPort == 0 ? ports.Free($"{region}-grpc") : ports.Fixed(grpcPort + (number * Apart), $"the gateway of {region}", "--grpc-port"))),
        ];
        ports.Save();
        return places;
    }

    private ChildProcess Start(Place place, List<Place> all, int number)
    {
        var directory = Path.Combine(state, place.Region);
        var log = new LogBook(new StateDirectory(directory).Logs, place.Region, number);
        var neighbours = all.Where(other => other != place).Select(other => $"{other.Region}=http://localhost:{Text(other.Http)},http://localhost:{Text(other.Grpc)}");
        return ChildProcess.Start(
            new Launch
            {
                Name = place.Region,
                Assembly = RepositoryLayout.AppHostAssembly,
                Arguments =
                [
                    .. settings, "--region", place.Region, "--state", directory, "--http-port", Text(place.Http), "--grpc-port", Text(place.Grpc),
                    "--neighbours", string.Join(' ', neighbours),
                ],
                WorkingDirectory = RepositoryLayout.AppHostDirectory,
                Health = new Uri($"http://localhost:{Text(place.Http)}/health"),
            },
            log);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private sealed record Place(string Region, int Http, int Grpc);
}
