using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>The independent command in tools/verify-ledger, as an auditor runs it.</summary>
internal sealed class LedgerVerifier : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private readonly List<string> _earlier = [];
    private int _runs;

    public async Task KeepKeyAsync(PolicyHost host) =>
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), (await host.Ledger().GetLedgerKeyAsync(new())).PublicKeyPem);

    /// <summary>What was the key until now is an earlier one from here on.</summary>
    public void KeepKeyAsEarlier()
    {
        var earlier = Path.Combine(_folder, $"earlier-{_earlier.Count}.pem");
        File.Move(Path.Combine(_folder, "key.pem"), earlier);
        _earlier.Add(earlier);
    }

    public async Task KeepForeignKeyAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    /// <summary>Writes an export down, line by line.</summary>
    public async Task<FileInfo> KeepAsync(IAsyncEnumerable<string> export)
    {
        var file = new FileInfo(Path.Combine(_folder, $"export-{Interlocked.Increment(ref _runs)}"));
        await using var writer = new StreamWriter(file.FullName);
        await foreach (var line in export)
            await writer.WriteLineAsync(line);
        return file;
    }

    public async Task<(int ExitCode, string Said)> VerifyAsync(IReadOnlyList<string> export, params Checkpoint[] kept) =>
        await VerifyAsync(await KeepAsync(export.ToAsyncEnumerable()), kept);

    public async Task<(int ExitCode, string Said)> VerifyAsync(FileInfo export, params Checkpoint[] kept)
    {
        List<string> arguments = [Path.Combine(Repository.Root, "tools", "verify-ledger", "verify_ledger.py"), export.FullName, Path.Combine(_folder, "key.pem")];
        arguments.AddRange(_earlier.SelectMany(key => (string[])["--earlier-key", key]));
        foreach (var (checkpoint, number) in kept.Select((checkpoint, number) => (checkpoint, number)))
        {
            var name = $"{export.FullName}-checkpoint-{number}";
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
    public static async Task<IReadOnlyList<string>> ExportAsync(this PolicyHost host) => await host.ExportLinesAsync().ToListAsync();

    public static async IAsyncEnumerable<string> ExportLinesAsync(this PolicyHost host)
    {
        await foreach (var line in host.Ledger(Person.Auditor).ExportLedger(new()).ResponseStream.ReadAllAsync())
            yield return JsonFormatter.Default.Format(line);
    }
}
