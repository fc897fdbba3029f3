using System.ComponentModel;
using System.Diagnostics;
using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>The independent command in tools/verify-ledger, as an auditor runs it.</summary>
internal sealed class LedgerVerifier : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private int _runs;

    public async Task KeepKeyAsync(PolicyHost host) =>
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), (await host.Ledger().GetLedgerKeyAsync(new())).PublicKeyPem);

    public async Task<(int ExitCode, string Said)> VerifyAsync(IReadOnlyList<string> export, params Checkpoint[] kept)
    {
        var run = Interlocked.Increment(ref _runs);
        var file = Path.Combine(_folder, $"export-{run}");
        await File.WriteAllLinesAsync(file, export);
        List<string> arguments = [Path.Combine(Repository.Root, "tools", "verify-ledger", "verify_ledger.py"), file, Path.Combine(_folder, "key.pem")];
        foreach (var (checkpoint, number) in kept.Select((checkpoint, number) => (checkpoint, number)))
        {
            var name = Path.Combine(_folder, $"checkpoint-{run}-{number}");
            await File.WriteAllTextAsync(name, JsonFormatter.Default.Format(checkpoint));
            arguments.AddRange(["--checkpoint", name]);
        }

        return await RunAsync(arguments);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int ExitCode, string Said)> RunAsync(List<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, (await output + errors).Trim());
        }
        catch (Win32Exception)
        {
            Skip.If(true, "Python 3 is not installed");
            throw;
        }
    }
}

/// <summary>What an auditor asks for.</summary>
internal static class Exports
{
    public static async Task<IReadOnlyList<string>> ExportAsync(this PolicyHost host)
    {
        var lines = new List<string>();
        await foreach (var line in host.Ledger(Person.Auditor).ExportLedger(new()).ResponseStream.ReadAllAsync())
            lines.Add(JsonFormatter.Default.Format(line));
        return lines;
    }
}
