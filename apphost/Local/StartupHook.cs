using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

// The runtime looks for a class of exactly this name outside of any namespace:
// https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md
#pragma warning disable MA0047, CA1050

/// <summary>
/// Ties a child process to the apphost. The runner sets <c>DOTNET_STARTUP_HOOKS</c> to this assembly and keeps the child's standard
/// input open; its end means "stop", whether the runner closed it or was itself killed with -9. So no service outlives the
/// apphost, on any operating system and without a line about it in the service.
/// </summary>
internal static partial class StartupHook
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static void Initialize()
    {
        // Processes started by the child itself are not supervised: they have their own standard input.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);

        if (!OperatingSystem.IsWindows())
        {
            // A group of its own, so that Ctrl+C in the terminal reaches only the apphost, which then stops everything in order.
            _ = SetProcessGroup(0, 0);
        }

        new Thread(StopWhenInputEnds) { IsBackground = true, Name = "apphost-watch" }.Start();
    }

    private static void StopWhenInputEnds()
    {
        using (var input = Console.OpenStandardInput())
        {
            var nothing = new byte[1];
            while (input.Read(nothing) > 0)
            {
            }
        }

        new Thread(KillAfterGrace) { IsBackground = true }.Start();
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(0);
        }
        else
        {
            _ = Kill(Environment.ProcessId, SigTerm);
        }
    }

    private static void KillAfterGrace()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(Grace);
        Process.GetCurrentProcess().Kill();
    }

    [UnsupportedOSPlatform("windows")]
    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [UnsupportedOSPlatform("windows")]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
