using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Ecosystem.AppHost.DeadLetters;
using Ecosystem.AppHost.Demo;
using Ecosystem.AppHost.Local.Dapr;
using Ecosystem.AppHost.Local.Identity;
using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.Local;

/// <summary>What the apphost can be asked to do. Without a verb it runs the system.</summary>
internal static partial class CommandLine
{
    // Longer than the grace of a child process: an orderly stop of all of them must not be cut short.
    private static readonly InvocationConfiguration Configuration = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(75) };

    public static async Task<int> RunAsync(string[] args) => await Root().Parse(args).InvokeAsync(Configuration);

    private static RootCommand Root()
    {
        var region = new Option<string[]>("--region")
        {
            Description = "The region to run; each has its own state. Given several times, each is run, and their gateways know each other.",
            DefaultValueFactory = _ => ["ruhr"],
            Recursive = true,
        };
        var neighbours = new Option<string>("--neighbours") { Hidden = true, DefaultValueFactory = _ => "", Recursive = true };
        var httpPort = new Option<int>("--http-port") { Description = "Port of the public HTTP address; 0 takes a free one.", DefaultValueFactory = _ => 8080, Recursive = true };
        var grpcPort = new Option<int>("--grpc-port") { Description = "Port of the public gRPC address; 0 takes a free one.", DefaultValueFactory = _ => 8081, Recursive = true };
        var state = new Option<string?>("--state") { Description = "Directory of databases, messages, logs and generated secrets. Default: .local/<region> in the repository.", Recursive = true };
        var store = new Option<string>("--store")
        {
            Description = "Where services keep their data: sqlite (a file each), postgres (Debian's server is started in the state directory; with "
                + "ConnectionStrings__postgres in the environment that server is used), or a connection string (\"Host=...\"). One database per service.",
            DefaultValueFactory = _ => "sqlite",
            Recursive = true,
        };
        var broker = new Option<string>("--broker")
        {
            Description = "How events travel: in-memory (kept in a file), rabbitmq (Debian's server is started in the state directory; with "
                + "ConnectionStrings__rabbitmq in the environment that server is used), or an address (amqp://user:password@host).",
            DefaultValueFactory = _ => "in-memory",
            Recursive = true,
        };
        var replicas = new Option<int>("--replicas") { Description = "How many processes of each service; more than one needs --store postgres.", DefaultValueFactory = _ => 1, Recursive = true };
        foreach (var port in new[] { httpPort, grpcPort })
        {
            port.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var number) && number is >= 0 and <= 65535))
                {
                    result.AddError($"{port.Name} takes a number from 0 to 65535, not '{result.Tokens[0].Value}'.");
                }
            });
        }

        region.Validators.Add(result =>
        {
            foreach (var wrong in result.Tokens.Where(token => !RegionName().IsMatch(token.Value)))
            {
                result.AddError($"--region takes a name of small letters, digits and hyphens, such as ruhr; not '{wrong.Value}'.");
            }
        });

        var root = new RootCommand("Runs the regional ecosystem on this machine, without containers.") { region, httpPort, grpcPort, state, store, broker, replicas, neighbours };
        root.SetAction((parsed, ct) => parsed.GetValue(region)!.Distinct(StringComparer.Ordinal).ToArray() is { Length: > 1 } regions
            ? RunRegionsAsync(new SeveralRegions(regions, parsed.GetValue(state) ?? Path.Combine(RepositoryLayout.Root, ".local"), parsed.GetValue(httpPort), parsed.GetValue(grpcPort), Shared(parsed)), ct)
            : RunSystemAsync(Settings(parsed), ct));
        root.Subcommands.Add(Demo(StateOf, Settings));
        root.Subcommands.Add(DeadLettersCommand.Create(StateOf));
        root.Subcommands.Add(Sidecar());
        root.Subcommands.Add(Identity());
        return root;

        string StateOf(ParseResult parsed) => parsed.GetValue(state) ?? Path.Combine(RepositoryLayout.Root, ".local", parsed.GetValue(region)![0]);

        string[] Settings(ParseResult parsed) =>
        [
            "--region", parsed.GetValue(region)![0],
            "--http-port", $"{parsed.GetValue(httpPort)}",
            "--grpc-port", $"{parsed.GetValue(grpcPort)}",
            "--state", StateOf(parsed),
            "--neighbours", parsed.GetValue(neighbours)!,
            .. Shared(parsed),
        ];

        string[] Shared(ParseResult parsed) =>
        [
            "--store", parsed.GetValue(store)!,
            "--broker", parsed.GetValue(broker)!,
            "--replicas", $"{parsed.GetValue(replicas)}",
        ];
    }

    private static Command Demo(Func<ParseResult, string> stateDirectory, Func<ParseResult, string[]> settings)
    {
        var language = new Option<string>("--language")
        {
            Description = "de or en.",
            DefaultValueFactory = _ => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de" ? "de" : "en",
        };
        language.AcceptOnlyFromAmong("de", "en");
        var command = new Command("demo", "Plays the main job through the public door; starts the ecosystem if it is not running.") { language };
        command.SetAction((parsed, ct) => DemoCommand.RunAsync(stateDirectory(parsed), settings(parsed), parsed.GetValue(language) == "de", ct));
        return command;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionName();

    private static async Task<int> RunSystemAsync(string[] settings, CancellationToken ct)
    {
        try
        {
            await Topology.Declare(settings).RunAsync(ct);
            return 0;
        }
        catch (DistributedApplicationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> RunRegionsAsync(SeveralRegions regions, CancellationToken ct)
    {
        try
        {
            await regions.RunAsync(ct);
            return 0;
        }
        catch (DistributedApplicationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Command Sidecar()
    {
        var config = new Option<string>("--config") { Description = "The file that the apphost writes for the sidecar.", Required = true };
        var command = new Command("sidecar", "The local Dapr sidecar of a region (started by the apphost).") { config };
        command.SetAction((parsed, ct) => SidecarServer.RunAsync(parsed.GetValue(config)!, ct));
        return command;
    }

    private static Command Identity()
    {
        var listen = new Option<Uri>("--listen")
        {
            Description = "Address and issuer.",
            Required = true,
            CustomParser = result => new Uri(result.Tokens[0].Value),
        };
        var realm = new Option<string>("--realm") { Description = "The realm as Keycloak imports it.", Required = true };
        var users = new Option<string?>("--users") { Description = "Development accounts in Keycloak's import format." };
        var state = new Option<string>("--state") { Description = "Where signing keys are kept.", Required = true };
        var command = new Command("identity", "The local OpenID provider (started by the apphost).") { listen, realm, users, state };
        command.SetAction((parsed, ct) => IdentityServer.RunAsync(
            new IdentityOptions
            {
                ListenAddress = parsed.GetValue(listen)!,
                RealmFile = parsed.GetValue(realm)!,
                UsersFile = parsed.GetValue(users),
                StateDirectory = parsed.GetValue(state)!,
                EnvironmentName = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production,
            },
            ct));
        return command;
    }
}
