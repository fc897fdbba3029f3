using System.Security.Cryptography;
using System.Text.Json;

namespace Ecosystem.AppHost.Local.Identity.Keys;

/// <summary>Keeps the signing keys across restarts, readable by the owner only.</summary>
internal sealed class SigningKeyFile(string stateDirectory)
{
    private readonly string _path = Path.Combine(stateDirectory, "signing-keys.json");

    public IReadOnlyList<SigningKey> Read()
    {
        if (!File.Exists(_path))
            return [];
        try
        {
            var entries = JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(_path)) ?? [];
            return [.. entries.Select(entry => new SigningKey(Import(entry.Pkcs8), entry.Created))];
        }
        catch (Exception exception) when (exception is JsonException or FormatException or CryptographicException)
        {
            throw new InvalidDataException($"The signing keys in {_path} cannot be read. Delete the file: everyone signs in again, nothing else is lost.", exception);
        }
    }

    public void Write(IEnumerable<SigningKey> keys)
    {
        Directory.CreateDirectory(stateDirectory);
        var draft = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var stream = new FileStream(draft, options))
            JsonSerializer.Serialize(stream, keys.Select(key => new Entry(key.Created, Convert.ToBase64String(key.Rsa.ExportPkcs8PrivateKey()))));
        File.Move(draft, _path, overwrite: true);
    }

    private static RSA Import(string pkcs8)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        return rsa;
    }

    private sealed record Entry(DateTimeOffset Created, string Pkcs8);
}
