using System.Globalization;

namespace Ecosystem.AppHost.Local.Servers;

/// <summary>
/// Debian's RabbitMQ. Its start script insists on the user <c>rabbitmq</c> and on folders of the system; what lies beneath needs neither.
/// https://www.rabbitmq.com/docs/configure#supported-environment-variables
/// </summary>
internal static class RabbitMqProgram
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>What to do where it is not installed; null where it is.</summary>
    public static string? Missing => File.Exists(Server) ? null : "RabbitMQ is not installed: apt-get install rabbitmq-server";

    /// <param name="folder">Where it keeps its data, made when missing.</param>
    /// <param name="port">Where it listens for AMQP.</param>
    /// <param name="nodePort">Its node's own port.</param>
    /// <param name="namesPort">The port of its name server; one of its own ends with it and is nobody else's.</param>
    public static ForeignProgram In(string folder, int port, int nodePort, int namesPort, string user, string password)
    {
        var data = Directory.CreateDirectory(folder).FullName;
        File.WriteAllText(
            Path.Combine(data, "rabbitmq.conf"),
            string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            default_user = {user}
            default_pass = {password}
            log.console = true
            log.console.level = warning
            log.file = false

            """));
        File.WriteAllText(Path.Combine(data, "enabled_plugins"), "[].\n");
        return new ForeignProgram
        {
            Folder = data,
            Command = [Server],
            Helper = string.Create(CultureInfo.InvariantCulture, $"epmd -address 127.0.0.1 -port {namesPort}"),
            Environment = new Dictionary<string, string>
            {
                ["HOME"] = data,

                // The name server is its own, so the name needs not differ; it has to stay the same, because the data belongs to it.
                ["RABBITMQ_NODENAME"] = "ecosystem@localhost",
                ["RABBITMQ_DIST_PORT"] = nodePort.ToString(CultureInfo.InvariantCulture),
                ["ERL_EPMD_PORT"] = namesPort.ToString(CultureInfo.InvariantCulture),
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
                ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(data, "none"),
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(data, "rabbitmq.conf"),
                ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(data, "none.config"),
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(data, "enabled_plugins"),
                ["RABBITMQ_MNESIA_BASE"] = Path.Combine(data, "mnesia"),
                ["RABBITMQ_LOG_BASE"] = Path.Combine(data, "log"),
                ["RABBITMQ_PID_FILE"] = Path.Combine(data, "pid"),

                // Without this the script stays between the server and whoever stops it.
                ["RUNNING_UNDER_SYSTEMD"] = "true",
            },
        };
    }
}
