namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that is reached by a connection string.</summary>
internal interface IResourceWithConnectionString : IResource
{
    /// <summary>Known once the runner has allocated addresses.</summary>
    ReferenceExpression ConnectionStringExpression { get; }
}

/// <summary>A text that is put together once addresses and secrets are known.</summary>
internal sealed class ReferenceExpression(Func<string> value)
{
    public string Value => value();
}

/// <summary>A PostgreSQL server. Debian's own here, as an ordinary process on loopback.</summary>
internal sealed class PostgresServerResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public const string UserName = "ecosystem";

    /// <summary>Set by the runner.</summary>
    public string Password { get; set; } = "";

    public ReferenceExpression ConnectionStringExpression => new(() =>
    {
        var address = Annotations.OfType<EndpointAnnotation>().Single().AllocatedAddress!;
        return $"Host={address.Host};Port={address.Port};Username={UserName};Password={Password}";
    });
}

/// <summary>One database of a server; made when it is not there.</summary>
internal sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent) : Resource(name), IResourceWithConnectionString
{
    public PostgresServerResource Parent { get; } = parent;

    public string DatabaseName { get; } = databaseName;

    public ReferenceExpression ConnectionStringExpression => new(() => $"{Parent.ConnectionStringExpression.Value};Database={DatabaseName}");
}

/// <summary>A RabbitMQ server. Debian's own here, as an ordinary process on loopback.</summary>
internal sealed class RabbitMQServerResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public const string UserName = "ecosystem";

    /// <summary>Set by the runner.</summary>
    public string Password { get; set; } = "";

    public ReferenceExpression ConnectionStringExpression => new(() =>
    {
        var address = Annotations.OfType<EndpointAnnotation>().Single().AllocatedAddress!;
        return $"amqp://{UserName}:{Password}@{address.Host}:{address.Port}";
    });
}
