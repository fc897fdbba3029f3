using System.Security.Cryptography;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>All that a region keeps on this machine: databases, messages, logs, ports, generated secrets. Deleting it starts afresh.</summary>
internal sealed class StateDirectory
{
    private const string SecretAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private readonly Dictionary<string, string> _secrets;

    public StateDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Logs);
        _secrets = JsonFile.Read<Dictionary<string, string>>(SecretsFile) ?? [];
    }

    public string Root { get; }

    public string Logs => Path.Combine(Root, "logs");

    public string EcosystemFile => Path.Combine(Root, "apphost.json");

    public string PortsFile => Path.Combine(Root, "ports.json");

    public string SidecarFile => Path.Combine(Root, "sidecar.json");

    public string Data => Path.Combine(Root, "data");

    private string SecretsFile => Path.Combine(Root, "secrets.json");

    /// <summary>The secret of that name: generated the first time, readable by its owner only, and kept.</summary>
    public string Secret(string name, int length = 32)
    {
        if (!_secrets.TryGetValue(name, out var value))
        {
            value = _secrets[name] = RandomNumberGenerator.GetString(SecretAlphabet, length);
            JsonFile.Write(SecretsFile, _secrets, secret: true);
        }

        return value;
    }
}
