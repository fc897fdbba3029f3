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

    /// <summary>A new key is made and kept at <see cref="SigningKeyFile"/> when there is none. In Development only.</summary>
    public bool MakesKey { get; set; }

    /// <exception cref="CryptographicException">The text is no key.</exception>
    public ECDsa Open()
    {
        if (SigningKey.Length == 0 && MakesKey && !File.Exists(SigningKeyFile))
            return Make();
        var key = ECDsa.Create();
        key.ImportFromPem(SigningKey.Length > 0 ? SigningKey : File.ReadAllText(SigningKeyFile));
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
            try
            {
                options.Open().Dispose();
                return ValidateOptionsResult.Success;
            }
            catch (Exception problem) when (problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                return ValidateOptionsResult.Fail($"Ledger:SigningKeyFile (or Ledger:SigningKey) is no private key (PEM, P-256) that can be read: {problem.Message} {Fix}");
            }
        }
    }
}
