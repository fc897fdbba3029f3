using Aspire.Hosting;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>One apphost per state directory: two would write the same databases. The lock ends with the process, however it ends.</summary>
internal static class RegionLock
{
    public static IDisposable Take(StateDirectory state, string region)
    {
        try
        {
            return new FileStream(Path.Combine(state.Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            var running = JsonFile.Read<EcosystemState>(state.EcosystemFile);
            var where = running is null ? "" : $" by process {running.ProcessId} at {running.Http}";
            throw new DistributedApplicationException(
                $"Region '{region}' is already run{where} from '{state.Root}'. Use it, stop it, or choose another with --region or --state.", e);
        }
    }
}
