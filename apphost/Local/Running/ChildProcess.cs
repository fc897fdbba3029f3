using System.Diagnostics;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>One run of a process. It is asked to stop by the end of its standard input (see <see cref="StartupHook"/> and <see cref="Servers.ForeignProgram"/>).</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS", "HTTPS_PORTS", "ASPNETCORE_HTTPS_PORT", "DOTNET_URLS"];

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(Launch launch, LogBook log)
    {
        var start = new ProcessStartInfo(launch.Command[0], launch.Command.Skip(1))
        {
            WorkingDirectory = launch.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in ProcessEnvironment.Common)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in launch.Environment.Concat(launch.Foreign?.Environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => WriteLine(e.Data);
        process.ErrorDataReceived += (_, e) => WriteLine(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void WriteLine(string? line)
        {
            if (line is not null)
            {
                log.Write(line);
            }
        }
    }

    public Task WaitForExitAsync(CancellationToken ct) => _process.WaitForExitAsync(ct);

    /// <summary>Asks the process to stop and kills it when it has not after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider time)
    {
        try
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(grace, time);
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _process.Dispose();
}
