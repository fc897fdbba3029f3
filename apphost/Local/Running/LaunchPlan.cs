using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Turns the declared resources into processes: allocates addresses, then writes down what each process is told.</summary>
/// <param name="daprd">The real sidecar; the local one is used where it is null.</param>
internal sealed class LaunchPlan(IReadOnlyList<IResource> resources, StateDirectory state, string region, string? daprd = null)
{
    /// <exception cref="DistributedApplicationException">A port is taken, a project is not built, or a server is not installed.</exception>
    public IReadOnlyList<Launch> Draw()
    {
        var ports = new PortBook(state.PortsFile);
        var instances = AddressPlan.Allocate(resources, ports);
        ServerLaunches.SetPasswords(resources, state);
        var variables = new Variables(instances, state, region);

        var launches = new List<Launch>();
        launches.AddRange(instances.Where(i => i.Resource is KeycloakResource).Select(i => Identity(i, variables)));
        launches.AddRange(instances.Where(i => i.Resource is PostgresServerResource).Select(i => ServerLaunches.PostgreSql(i, state)));
        launches.AddRange(instances.Where(i => i.Resource is RabbitMQServerResource).Select(i => ServerLaunches.RabbitMq(i, state, ports)));
        if (instances.Where(i => i.DaprPort is not null).ToList() is { Count: > 0 } apps)
        {
            var sidecars = new SidecarLaunches(apps, variables, state);
            launches.AddRange(daprd is not null && sidecars.SuitDaprd ? sidecars.Daprd(daprd, ports) : [sidecars.Local()]);
        }

        launches.AddRange(instances.Where(i => i.Resource is ProjectResource).Select(i => Project(i, variables, instances)));
        ports.Save();
        return launches;
    }

    private Launch Identity(Instance instance, Variables variables)
    {
        var imports = ((KeycloakResource)instance.Resource).RealmImports;
        return new Launch
        {
            Name = instance.Name,
            Assembly = RepositoryLayout.AppHostAssembly,
            Arguments = ["identity", "--listen", instance.Http.ToString(), "--realm", imports[0], .. imports.Skip(1).SelectMany(users => new[] { "--users", users }), "--state", Path.Combine(state.Root, "identity")],
            WorkingDirectory = RepositoryLayout.AppHostDirectory,
            Environment = variables.Declared(instance.Resource),
            Addresses = instance.Addresses,
            Health = new Uri(instance.Http, "realms/ecosystem/.well-known/openid-configuration"),
            Wave = StopWave.Platform,
        };
    }

    private static Launch Project(Instance instance, Variables variables, IReadOnlyList<Instance> instances)
    {
        var project = (ProjectResource)instance.Resource;
        var assembly = RepositoryLayout.BuiltAssembly(project.ProjectPath);
        if (!File.Exists(assembly))
        {
            throw new DistributedApplicationException($"{project.Name} is not built: '{assembly}' does not exist. Run: dotnet build apphost");
        }

        var environment = variables.Of(instance);
        return new Launch
        {
            Name = instance.Name,
            Assembly = assembly,
            WorkingDirectory = Path.GetDirectoryName(project.ProjectPath)!,
            Environment = environment,
            Addresses = instance.Addresses,
            Health = new Uri(instance.Http, project.Annotations.OfType<HttpHealthCheckAnnotation>().FirstOrDefault()?.Path ?? "/health"),
            WaitsFor = [.. project.Annotations.OfType<WaitAnnotation>().SelectMany(wait => instances.Where(i => i.Resource == wait.Dependency)).Select(i => i.Name)],
            Databases = [.. environment.Where(v => v.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && v.Value.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)).Select(v => v.Value)],
        };
    }
}
