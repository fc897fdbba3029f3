using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ecosystem.AppHost.Local.Servers;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Debian's servers as processes of the system, each with a folder in the state directory and a generated password.</summary>
internal static class ServerLaunches
{
    /// <summary>Gives the servers their passwords, which connection strings need.</summary>
    public static void SetPasswords(IEnumerable<IResource> resources, StateDirectory state)
    {
        foreach (var resource in resources)
        {
            switch (resource)
            {
                case PostgresServerResource postgres:
                    postgres.Password = state.Secret($"{postgres.Name}-password");
                    break;
                case RabbitMQServerResource rabbitMq:
                    rabbitMq.Password = state.Secret($"{rabbitMq.Name}-password");
                    break;
            }
        }
    }

    /// <exception cref="DistributedApplicationException">The server's program is not installed.</exception>
    public static Launch PostgreSql(Instance instance, StateDirectory state)
    {
        Require(PostgreSqlProgram.Missing, "--store sqlite, or --store \"Host=...\" for a server that is there");
        var address = instance.Addresses["tcp"];
        var password = ((PostgresServerResource)instance.Resource).Password;
        return Launch(instance, PostgreSqlProgram.In(Path.Combine(state.Root, instance.Name), address.Port, PostgresServerResource.UserName, password));
    }

    /// <exception cref="DistributedApplicationException">The server's program is not installed.</exception>
    public static Launch RabbitMq(Instance instance, StateDirectory state, PortBook ports)
    {
        Require(RabbitMqProgram.Missing, "--broker in-memory, or --broker amqp://... for a server that is there");
        var folder = Path.Combine(state.Root, instance.Name);
        var password = ((RabbitMQServerResource)instance.Resource).Password;
        var program = RabbitMqProgram.In(
            folder, instance.Addresses["tcp"].Port, ports.Free($"{instance.Name}-node"), ports.Free($"{instance.Name}-names"), RabbitMQServerResource.UserName, password);
        return Launch(instance, program);
    }

    private static Launch Launch(Instance instance, ForeignProgram program) => new()
    {
        Name = instance.Name,
        Foreign = program,
        WorkingDirectory = program.Folder,
        Addresses = instance.Addresses,
        Health = instance.Addresses["tcp"],
        Wave = StopWave.Server,
    };

    private static void Require(string? missing, string orElse)
    {
        if (missing is not null)
        {
            throw new DistributedApplicationException($"{missing}. Or use {orElse}.");
        }
    }
}
