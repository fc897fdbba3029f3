using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project. Its endpoints are those of <c>Kestrel:Endpoints</c> in its appsettings.json, as in Aspire.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
    {
        var project = new ProjectResource(name, Path.GetFullPath(projectPath, builder.AppHostDirectory));
        foreach (var endpoint in KestrelEndpoints(Path.GetDirectoryName(project.ProjectPath)!))
        {
            project.Annotations.Add(endpoint);
        }

        return builder.AddResource(project);
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas));

    private static IEnumerable<EndpointAnnotation> KestrelEndpoints(string projectDirectory)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(projectDirectory, "appsettings.json"), optional: true).Build();
        foreach (var endpoint in settings.GetSection("Kestrel:Endpoints").GetChildren())
        {
            yield return new EndpointAnnotation(endpoint.Key)
            {
                Transport = endpoint["Protocols"] == "Http2" ? "http2" : "http",
            };
        }
    }
}
