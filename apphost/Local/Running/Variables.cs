using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>The variables that processes are told, named as Aspire and Dapr name them.</summary>
internal sealed class Variables(IReadOnlyList<Instance> instances, StateDirectory state, string region)
{
    /// <summary>What the topology declares.</summary>
    public Dictionary<string, string> Declared(IResource resource)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in resource.Annotations.OfType<EnvironmentAnnotation>())
        {
            variables[name] = value switch
            {
                EndpointReference endpoint => endpoint.Url,
                ParameterResource parameter => state.Secret(parameter.Name, parameter.Default.MinLength),
                ReferenceExpression expression => expression.Value,
                _ => (string)value,
            };
        }

        return variables;
    }

    /// <summary>All that a process of a project is told.</summary>
    public Dictionary<string, string> Of(Instance instance)
    {
        var project = instance.Resource;
        var variables = Declared(project);
        variables["OTEL_SERVICE_NAME"] = project.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"deployment.environment.name=development,region={region},service.instance.id={instance.Name}";
        foreach (var endpoint in project.Annotations.OfType<EndpointAnnotation>())
        {
            variables[$"Kestrel__Endpoints__{endpoint.Name}__Url"] = Text(instance.Addresses[endpoint.Name]);
        }

        foreach (var source in project.Annotations.OfType<ServiceReferenceAnnotation>().Select(r => r.Source))
        {
            AddAddresses(variables, source);
        }

        if (instance.DaprPort is { } daprPort)
        {
            variables["DAPR_HTTP_PORT"] = daprPort.ToString(CultureInfo.InvariantCulture);
            variables["DAPR_HTTP_ENDPOINT"] = Text(instance.Addresses[Instance.Dapr]);
            foreach (var (name, value) in Tokens())
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    /// <summary>What sidecars and apps prove themselves to each other with.</summary>
    public Dictionary<string, string> Tokens() => new()
    {
        ["DAPR_API_TOKEN"] = state.Secret("dapr-api-token"),
        ["APP_API_TOKEN"] = state.Secret("app-api-token"),
    };

    /// <summary>Every process of the source, numbered; the plain variable knows one only.</summary>
    private void AddAddresses(Dictionary<string, string> variables, IResource source)
    {
        foreach (var endpoint in source.Annotations.OfType<EndpointAnnotation>())
        {
            foreach (var (index, found) in instances.Where(i => i.Resource == source).Index())
            {
                var address = Text(found.Addresses[endpoint.Name]);
                variables[string.Create(CultureInfo.InvariantCulture, $"services__{source.Name}__{endpoint.Name}__{index}")] = address;
                variables.TryAdd($"{source.Name}_{endpoint.Name}".ToUpperInvariant(), address);
            }
        }
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');
}
