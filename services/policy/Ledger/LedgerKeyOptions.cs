using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Ledger;

/// <summary>Where the signing key comes from: the section <c>Ledger</c>.</summary>
internal sealed class LedgerKeyOptions
{
    /// <summary>The private key as PEM text, as a secret becomes an environment variable.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>A file with the private key as PEM, as a secret becomes a mounted file.</summary>
    public string SigningKeyFile { get; set; } = "";

    /// <summary>The public keys used before, as PEM texts one behind the other: what they signed stays valid.</summary>
    public string EarlierKeys { get; set; } = "";

    /// <summary>A file with them.</summary>
    public string EarlierKeysFile { get; set; } = "";

    /// <summary>A new key is made and kept at <see cref="SigningKeyFile"/> when there is none. In Development only.</summary>
    public bool MakesKey { get; set; }

    /// <exception cref="CryptographicException">The text is no key.</exception>
    public ECDsa Open()
    {
        if (SigningKey.Length == 0 && MakesKey && !File.Exists(SigningKeyFile))
            return Make();
        var key = ECDsa.Create();
        key.ImportFromPem(SigningKey.Length > 0 ? SigningKey : File.ReadAllText(SigningKeyFile));
        return OnP256(key);
    }

    /// <exception cref="CryptographicException">One of the texts is no key.</exception>
    public IReadOnlyList<ECDsa> OpenEarlier()
    {
        var keys = new List<ECDsa>();
        var rest = (EarlierKeys.Length == 0 && EarlierKeysFile.Length > 0 ? File.ReadAllText(EarlierKeysFile) : EarlierKeys).AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var key = ECDsa.Create();
            key.ImportFromPem(rest[found.Location]);
            keys.Add(OnP256(key));
            rest = rest[found.Location.End..];
        }

        return rest.Trim().IsEmpty ? keys : throw new CryptographicException("What stands there is no public key as PEM.");
    }

    private static ECDsa OnP256(ECDsa key)
    {
        if (key.KeySize == 256)
            return key;
        key.Dispose();
        throw new CryptographicException("The key is not on the curve P-256.");
    }

    private ECDsa Make()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(SigningKeyFile))!);
        File.WriteAllText(SigningKeyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(SigningKeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return key;
    }

    /// <summary>Development gets a key of its own; everywhere else one is named, or the service does not start.</summary>
    public static void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LedgerKeyOptions>().BindConfiguration("Ledger").Configure(options =>
        {
            options.MakesKey = builder.Environment.IsDevelopment();
            if (options.MakesKey && options.SigningKeyFile.Length == 0)
                options.SigningKeyFile = DevelopmentFile(builder.Configuration["Storage:Path"]);
        }).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LedgerKeyOptions>, Check>();
    }

    private static string DevelopmentFile(string? storage)
    {
        var folder = string.IsNullOrEmpty(storage) ? ".local" : Path.HasExtension(storage) ? Path.GetDirectoryName(storage) : storage;
        return Path.Combine(folder ?? "", "ledger-key.pem");
    }

    private sealed class Check : IValidateOptions<LedgerKeyOptions>
    {
        private const string Fix = "openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt makes one.";

        public ValidateOptionsResult Validate(string? name, LedgerKeyOptions options)
        {
            if (options.SigningKey.Length == 0 && options.SigningKeyFile.Length == 0)
                return ValidateOptionsResult.Fail($"Ledger:SigningKeyFile (or Ledger:SigningKey) must name the private key (PEM, P-256) that signs the ledger; {Fix}");
            string[] problems =
            [
                .. ProblemOf(
                    () => options.Open().Dispose(),
                    problem => $"Ledger:SigningKeyFile (or Ledger:SigningKey) is no private key (PEM, P-256) that can be read: {problem} {Fix}"),
                .. ProblemOf(
                    () => options.OpenEarlier().ToList().ForEach(key => key.Dispose()),
                    problem => $"Ledger:EarlierKeysFile (or Ledger:EarlierKeys) must hold the public keys (PEM, P-256) used before this one, as /policy/v1/ledger/key gave them out: {problem}"),
            ];
            return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }

        private static IEnumerable<string> ProblemOf(Action open, Func<string, string> sentence)
        {
            try
            {
                open();
                return [];
            }
            catch (Exception problem) when (problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                return [sentence(problem.Message)];
            }
        }
    }
}
