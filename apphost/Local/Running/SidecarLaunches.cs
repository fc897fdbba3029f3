using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Ecosystem.AppHost.Local.Dapr;
using Ecosystem.AppHost.Local.Servers;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>The sidecars of the region: the local one for all processes, or a real daprd for each.</summary>
internal sealed class SidecarLaunches(IReadOnlyList<Instance> apps, Variables variables, StateDirectory state)
{
    public const string LocalName = "dapr";
    private const string InMemory = "pubsub";

    /// <summary>The components are reachable from processes of their own; Dapr's in-memory one is not.</summary>
    public bool SuitDaprd => Components().All(component => component.Type != InMemory);

    private string[] WaitsFor => [.. apps.SelectMany(a => a.Resource.Annotations.OfType<WaitAnnotation>()).Select(w => w.Dependency).OfType<RabbitMQServerResource>().Select(r => r.Name).Distinct()];

    public Launch Local()
    {
        JsonFile.Write(state.SidecarFile, new SidecarOptions
        {
            DataDirectory = state.Data,
            Resources = [.. apps.SelectMany(Resources).Distinct()],
            Apps = [.. apps.Select(App)],
        });
        var first = apps[0].Addresses[Instance.Dapr];
        return new Launch
        {
            Name = LocalName,
            Assembly = RepositoryLayout.AppHostAssembly,
            Arguments = ["sidecar", "--config", state.SidecarFile],
            WorkingDirectory = RepositoryLayout.AppHostDirectory,
            Environment = variables.Tokens(),
            Addresses = new Dictionary<string, Uri> { ["http"] = first },
            Health = new Uri(first, "/v1.0/healthz/outbound"),
            WaitsFor = WaitsFor,
            Wave = StopWave.Platform,
        };
    }

    /// <param name="program">The daprd to start.</param>
    /// <param name="ports">Gives each the further ports that it insists on.</param>
    public IEnumerable<Launch> Daprd(string program, PortBook ports) => apps.Select(app =>
    {
        var options = Options(app.Resource);
        var health = options.EnableAppHealthCheck == true
            ? new[] { "--enable-app-health-check", "--app-health-check-path", options.AppHealthCheckPath ?? "/healthz", "--app-health-probe-interval", "1" }
            : [];
        return new Launch
        {
            Name = $"{app.Name}-dapr",
            Foreign = new ForeignProgram
            {
                Folder = state.Root,
                Command =
                [
                    program,
                    "--app-id", options.AppId ?? app.Resource.Name,
                    "--app-port", Text(app.Http.Port),
                    "--app-protocol", "http",
                    "--dapr-http-port", Text(app.DaprPort!.Value),
                    "--dapr-grpc-port", Text(ports.Free($"{app.Name}-dapr-grpc")),
                    "--dapr-internal-grpc-port", Text(ports.Free($"{app.Name}-dapr-internal")),
                    "--dapr-listen-addresses", "127.0.0.1",
                    "--enable-metrics=false",
                    .. health,
                    .. Resources(app).Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(path)!).Distinct().SelectMany(folder => new[] { "--resources-path", folder }),
                ],
            },
            WorkingDirectory = state.Root,
            Environment = variables.Tokens(),
            Addresses = new Dictionary<string, Uri> { ["http"] = app.Addresses[Instance.Dapr] },
            Health = new Uri(app.Addresses[Instance.Dapr], "/v1.0/healthz/outbound"),
            WaitsFor = WaitsFor,
            Wave = StopWave.Platform,
        };
    });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static SidecarApp App(Instance app)
    {
        var options = Options(app.Resource);
        return new SidecarApp
        {
            AppId = options.AppId ?? app.Resource.Name,
            DaprPort = app.DaprPort!.Value,
            Address = app.Http,
            HealthPath = options.EnableAppHealthCheck == true ? options.AppHealthCheckPath ?? "/healthz" : null,
        };
    }

    private IEnumerable<IDaprComponentResource> Components() => apps.SelectMany(app => Components(app.Resource)).Distinct();

    private static IEnumerable<IDaprComponentResource> Components(IResource resource) =>
        resource.Annotations.OfType<DaprSidecarAnnotation>().Single().Sidecar.Annotations.OfType<DaprComponentReferenceAnnotation>().Select(r => r.Component);

    private IEnumerable<string> Resources(Instance app) => Components(app.Resource)
        .Select(component => component.Options?.LocalPath ?? ComponentFile.Write(component, state))
        .Concat(Options(app.Resource).ResourcesPaths)
        .Select(path => Path.GetFullPath(path, RepositoryLayout.AppHostDirectory));

    private static DaprSidecarOptions Options(IResource resource) =>
        resource.Annotations.OfType<DaprSidecarAnnotation>().Single().Sidecar.Annotations
            .OfType<DaprSidecarOptionsAnnotation>().Select(a => a.Options).LastOrDefault() ?? new DaprSidecarOptions();
}
