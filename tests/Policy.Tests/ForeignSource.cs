using Ecosystem.Testing;

namespace Ecosystem.Policy.Tests;

/// <summary>A source written for Node.js from the contract alone, over gRPC (@grpc/grpc-js) and HTTP.</summary>
internal sealed class ForeignSource : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("source-").FullName;
    private readonly Task<NodeResult> _program;

    private ForeignSource() => _program = new NodeProgram("Policy.Tests/sources").RunAsync(
        "source.mjs", [Path.Combine(Repository.Root, "services/common/Contracts/proto"), Ready, Stop], new Dictionary<string, string>());

    public string GrpcAddress { get; private set; } = "";

    public string HttpAddress { get; private set; } = "";

    private string Ready => Path.Combine(_folder, "ready");

    private string Stop => Path.Combine(_folder, "stop");

    public static async Task<ForeignSource> StartAsync()
    {
        var source = new ForeignSource();
        try
        {
            await Eventually.True(() => source._program.IsCompleted || File.Exists(source.Ready), "the foreign source listens", TimeSpan.FromMinutes(3));
            if (source._program.IsCompleted)
                Assert.Fail((await source._program).Output); // or skips, where Node.js is missing
            var ports = (await File.ReadAllTextAsync(source.Ready)).Split(' ');
            (source.GrpcAddress, source.HttpAddress) = ($"http://127.0.0.1:{ports[0]}", $"http://127.0.0.1:{ports[1]}/look-up");
            return source;
        }
        catch
        {
            await source.EndAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _program;
    }

    private async Task EndAsync()
    {
        await File.WriteAllTextAsync(Stop, "");
        await Task.WhenAny(_program);
        Directory.Delete(_folder, recursive: true);
    }
}
