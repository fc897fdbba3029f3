using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The part of Aspire.Hosting.PostgreSQL and Aspire.Hosting.RabbitMQ that the topology uses.</summary>
internal static class ServerBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name)
    {
        var server = new PostgresServerResource(name);
        server.Annotations.Add(new EndpointAnnotation("tcp") { UriScheme = "tcp" });
        return builder.AddResource(server);
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null) =>
        builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name)
    {
        var server = new RabbitMQServerResource(name);
        server.Annotations.Add(new EndpointAnnotation("tcp") { UriScheme = "tcp" });
        return builder.AddResource(server);
    }

    /// <summary>Keeps the data from one run to the next. Locally it always is, in the state directory.</summary>
    public static IResourceBuilder<T> WithDataVolume<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithConnectionString => builder;

    /// <summary>Passes <c>ConnectionStrings__{name}</c>.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null)
        where T : IResourceWithEnvironment =>
        builder.WithAnnotation(new EnvironmentAnnotation($"ConnectionStrings__{connectionName ?? source.Resource.Name}", source.Resource.ConnectionStringExpression));
}
