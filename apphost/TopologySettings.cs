using System.Data.Common;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.AppHost;

/// <summary>What may differ from one run to the next; from the command line (<c>--region saar --http-port 9080</c>).</summary>
/// <param name="StartPostgres">Whether a PostgreSQL server is started for the services.</param>
/// <param name="Postgres">The PostgreSQL server that is there; null when it is started, or files are used.</param>
/// <param name="StartRabbitMq">Whether a RabbitMQ server is started.</param>
/// <param name="RabbitMq">The RabbitMQ server that is there; null when it is started, or a file is used.</param>
/// <param name="Neighbours">The other regions: name, and the addresses of its door for HTTP and gRPC.</param>
internal sealed record TopologySettings(
    string Region, string StateDirectory, int? HttpPort, int? GrpcPort, bool StartPostgres, string? Postgres, bool StartRabbitMq, string? RabbitMq, int Replicas,
    IReadOnlyList<(string Region, string Http, string Grpc)> Neighbours)
{
    /// <exception cref="DistributedApplicationException">A value cannot be used; the message says what would do.</exception>
    public static TopologySettings Read(IDistributedApplicationBuilder builder)
    {
        var region = builder.Configuration["region"] ?? "ruhr";
        var state = builder.Configuration["state"] ?? Path.Combine(builder.AppHostDirectory, "..", ".local", region);
        var (startPostgres, postgres) = Server("store", "sqlite", "postgres", given => given.Contains("Host=", StringComparison.OrdinalIgnoreCase), "a connection string with Host=");
        var (startRabbitMq, rabbitMq) = Server("broker", "in-memory", "rabbitmq", given => given.StartsWith("amqp", StringComparison.Ordinal), "an address such as amqp://user:password@host");
        var replicas = builder.Configuration.GetValue("replicas", 1);
        if (replicas is < 1 or > 9)
        {
            throw new DistributedApplicationException($"--replicas takes a number from 1 to 9, not {replicas}.");
        }

        if (replicas > 1 && !startPostgres && postgres is null)
        {
            throw new DistributedApplicationException($"--replicas {replicas} needs --store postgres: a SQLite file belongs to one process.");
        }

        return new(region, Path.GetFullPath(state), Port("http-port", 8080), Port("grpc-port", 8081), startPostgres, postgres, startRabbitMq, rabbitMq, replicas,
            [.. (builder.Configuration["neighbours"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(['=', ','])).Select(one => (one[0], one[1], one[2]))]);

        int? Port(string key, int preferred) => builder.Configuration.GetValue(key, preferred) is var port and not 0 ? port : null;

        (bool Start, string? There) Server(string option, string none, string started, Func<string, bool> isAddress, string address)
        {
            var chosen = builder.Configuration[option] ?? none;
            var given = chosen == started ? builder.Configuration.GetConnectionString(started) : isAddress(chosen) ? chosen : null;
            return given is { Length: > 0 } ? (false, given)
                : chosen == none || chosen == started ? (chosen == started, (string?)null)
                : throw new DistributedApplicationException($"--{option} takes {none}, {started} or {address}, not '{chosen}'.");
        }
    }

    /// <summary>A fixed port belongs to one process; with free ones there are as many doors as there are copies of what is behind them.</summary>
    public int GatewayReplicas => HttpPort is null && GrpcPort is null ? Replicas : 1;

    /// <summary>For how long a copy that is asked to stop goes on answering: longer than the gateway needs to notice; not at all where there is no other.</summary>
    public string Drain => Replicas > 1 ? "00:00:05" : "00:00:00";

    /// <summary>The database of a service on the given server.</summary>
    public string DatabaseOf(string service)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = Postgres };
        var host = parts["Host"];
        parts.Remove("Host");
        parts["Database"] = $"{Region}-{service}";
        return $"Host={host};{parts.ConnectionString}";
    }
}
