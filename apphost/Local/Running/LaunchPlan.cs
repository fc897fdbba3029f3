using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Ecosystem.AppHost.Local.Dapr;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Turns the declared resources into processes: allocates addresses, then writes down what each process is told.</summary>
internal sealed class LaunchPlan(IReadOnlyList<IResource> resources, StateDirectory state, string region)
{
    public const string SidecarName = "dapr";
    private readonly Dictionary<string, int> _daprPorts = [];

    /// <exception cref="DistributedApplicationException">A port is taken, or a project is not built.</exception>
    public IReadOnlyList<Launch> Draw()
    {
        AllocateAddresses();
        var launches = new List<Launch>();
        launches.AddRange(resources.OfType<KeycloakResource>().Select(Identity));
        if (_daprPorts.Count > 0)
        {
            launches.Add(Sidecar());
        }

        launches.AddRange(resources.OfType<ProjectResource>().Select(Project));
        return launches;
    }

    private void AllocateAddresses()
    {
        var ports = new PortBook(state.PortsFile);
        foreach (var resource in resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var use = $"{resource.Name}-{endpoint.Name}";
                var port = endpoint.Port is { } wanted
                    ? ports.Fixed(wanted, $"the {endpoint.Name} endpoint of {resource.Name}", $"--{endpoint.Name}-port")
                    : ports.Free(use);
                var host = endpoint.IsExternal || resource is KeycloakResource ? "localhost" : "127.0.0.1";
                endpoint.AllocatedAddress = new UriBuilder(endpoint.UriScheme, host, port).Uri;
            }

            if (resource.Annotations.OfType<DaprSidecarAnnotation>().Any())
            {
                _daprPorts[resource.Name] = ports.Free($"{resource.Name}-dapr");
            }
        }

        ports.Save();
    }

    private Launch Identity(KeycloakResource keycloak)
    {
        var address = keycloak.Annotations.OfType<EndpointAnnotation>().Single().AllocatedAddress!;
        return new Launch
        {
            Name = keycloak.Name,
            Assembly = RepositoryLayout.AppHostAssembly,
            Arguments = ["identity", "--listen", address.ToString(), "--realm", keycloak.RealmImports[0], .. keycloak.RealmImports.Skip(1).SelectMany(users => new[] { "--users", users }), "--state", Path.Combine(state.Root, "identity")],
            WorkingDirectory = RepositoryLayout.AppHostDirectory,
            Environment = DeclaredEnvironment(keycloak),
            Addresses = Addresses(keycloak),
            Health = new Uri(address, "realms/ecosystem/.well-known/openid-configuration"),
        };
    }

    private Launch Sidecar()
    {
        var apps = resources.Where(r => _daprPorts.ContainsKey(r.Name)).ToList();
        var options = new SidecarOptions
        {
            DataDirectory = state.Data,
            Resources = [.. apps.SelectMany(SidecarResources).Distinct()],
            Apps = [.. apps.Select(SidecarApp)],
        };
        JsonFile.Write(state.SidecarFile, options);
        var first = new Uri($"http://127.0.0.1:{_daprPorts[apps[0].Name]}");
        return new Launch
        {
            Name = SidecarName,
            Assembly = RepositoryLayout.AppHostAssembly,
            Arguments = ["sidecar", "--config", state.SidecarFile],
            WorkingDirectory = RepositoryLayout.AppHostDirectory,
            Environment = Tokens(),
            Addresses = new Dictionary<string, Uri> { ["http"] = first },
            Health = new Uri(first, "/v1.0/healthz/outbound"),
        };
    }

    private SidecarApp SidecarApp(IResource resource)
    {
        var options = SidecarOptionsOf(resource);
        return new SidecarApp
        {
            AppId = options.AppId ?? resource.Name,
            DaprPort = _daprPorts[resource.Name],
            Address = HttpAddress(resource),
            HealthPath = options.EnableAppHealthCheck == true ? options.AppHealthCheckPath ?? "/healthz" : null,
        };
    }

    private static IEnumerable<string> SidecarResources(IResource resource)
    {
        var sidecar = resource.Annotations.OfType<DaprSidecarAnnotation>().Single().Sidecar;
        var components = sidecar.Annotations.OfType<DaprComponentReferenceAnnotation>()
            .Select(reference => reference.Component.Options?.LocalPath)
            .OfType<string>();
        return components.Concat(SidecarOptionsOf(resource).ResourcesPaths).Select(path => Path.GetFullPath(path, RepositoryLayout.AppHostDirectory));
    }

    private static DaprSidecarOptions SidecarOptionsOf(IResource resource) =>
        resource.Annotations.OfType<DaprSidecarAnnotation>().Single().Sidecar.Annotations
            .OfType<DaprSidecarOptionsAnnotation>().Select(a => a.Options).LastOrDefault() ?? new DaprSidecarOptions();

    private Launch Project(ProjectResource project)
    {
        var assembly = RepositoryLayout.BuiltAssembly(project.ProjectPath);
        if (!File.Exists(assembly))
        {
            throw new DistributedApplicationException($"{project.Name} is not built: '{assembly}' does not exist. Run: dotnet build apphost");
        }

        var health = project.Annotations.OfType<HttpHealthCheckAnnotation>().FirstOrDefault()?.Path ?? "/health";
        return new Launch
        {
            Name = project.Name,
            Assembly = assembly,
            WorkingDirectory = Path.GetDirectoryName(project.ProjectPath)!,
            Environment = ProjectVariables(project),
            Addresses = Addresses(project),
            Health = new Uri(HttpAddress(project), health),
            WaitsFor = [.. project.Annotations.OfType<WaitAnnotation>().Select(w => w.Dependency.Name)],
        };
    }

    private Dictionary<string, string> ProjectVariables(ProjectResource project)
    {
        var variables = DeclaredEnvironment(project);
        variables["OTEL_SERVICE_NAME"] = project.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"deployment.environment.name=development,region={region}";
        foreach (var endpoint in project.Annotations.OfType<EndpointAnnotation>())
        {
            variables[$"Kestrel__Endpoints__{endpoint.Name}__Url"] = endpoint.AllocatedAddress!.ToString().TrimEnd('/');
        }

        foreach (var source in project.Annotations.OfType<ServiceReferenceAnnotation>().Select(r => r.Source))
        {
            foreach (var endpoint in source.Annotations.OfType<EndpointAnnotation>())
            {
                var address = endpoint.AllocatedAddress!.ToString().TrimEnd('/');
                variables[$"services__{source.Name}__{endpoint.Name}__0"] = address;
                variables[$"{source.Name}_{endpoint.Name}".ToUpperInvariant()] = address;
            }
        }

        if (_daprPorts.TryGetValue(project.Name, out var daprPort))
        {
            variables["DAPR_HTTP_PORT"] = daprPort.ToString(CultureInfo.InvariantCulture);
            variables["DAPR_HTTP_ENDPOINT"] = $"http://127.0.0.1:{daprPort}";
            foreach (var (name, value) in Tokens())
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private Dictionary<string, string> DeclaredEnvironment(IResource resource)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in resource.Annotations.OfType<EnvironmentAnnotation>())
        {
            variables[name] = value switch
            {
                EndpointReference endpoint => endpoint.Url,
                ParameterResource parameter => state.Secret(parameter.Name, parameter.Default.MinLength),
                _ => (string)value,
            };
        }

        return variables;
    }

    private Dictionary<string, Uri> Addresses(IResource resource)
    {
        var addresses = resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(e => e.Name, e => e.AllocatedAddress!);
        if (_daprPorts.TryGetValue(resource.Name, out var port))
        {
            addresses["dapr"] = new Uri($"http://127.0.0.1:{port}");
        }

        return addresses;
    }

    private static Uri HttpAddress(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == "http")?.AllocatedAddress
        ?? throw new DistributedApplicationException($"{resource.Name} declares no endpoint 'http' in Kestrel:Endpoints of its appsettings.json.");

    private Dictionary<string, string> Tokens() => new()
    {
        ["DAPR_API_TOKEN"] = state.Secret("dapr-api-token"),
        ["APP_API_TOKEN"] = state.Secret("app-api-token"),
    };
}
