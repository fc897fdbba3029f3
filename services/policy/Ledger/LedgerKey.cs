using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.Policy.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Ledger;

/// <summary>The key that checkpoints and agreements are signed with: ECDSA on P-256.</summary>
internal sealed class LedgerKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Dictionary<string, ECDsa> _earlier;
    private readonly Lock _signing = new();

    public LedgerKey(IOptions<LedgerKeyOptions> options)
    {
        _key = options.Value.Open();
        Id = IdOf(_key);
        PublicPem = PemOf(_key);
        _earlier = options.Value.OpenEarlier().DistinctBy(IdOf).ToDictionary(IdOf, StringComparer.Ordinal);
        Earlier = [.. _earlier.Select(key => (key.Key, PemOf(key.Value)))];
    }

    public string Id { get; }

    public string PublicPem { get; }

    /// <summary>The public keys that were used before this one.</summary>
    public IReadOnlyList<(string Id, string PublicPem)> Earlier { get; }

    /// <summary>r and s, 32 bytes each (IEEE P1363, as JWS ES256 has it).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_signing)
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public Checkpoint Sign(long size, byte[] root, DateTimeOffset now)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"ecosystem-ledger-checkpoint/v1\n{size}\n{Convert.ToBase64String(root)}\n{now.ToUnixTimeSeconds()}\n");
        return new()
        {
            Size = size,
            Root = ByteString.CopyFrom(root),
            Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds())),
            KeyId = Id,
            Signature = ByteString.CopyFrom(Sign(Encoding.UTF8.GetBytes(text))),
        };
    }

    /// <summary>Verifies what this key, or the earlier one of that id, signed.</summary>
    public bool HasSigned(string keyId, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if ((keyId == Id ? _key : _earlier.GetValueOrDefault(keyId)) is not { } signer)
            return false;
        lock (_signing)
            return signer.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public void Dispose()
    {
        _key.Dispose();
        foreach (var key in _earlier.Values)
            key.Dispose();
    }

    private static string PemOf(ECDsa key) => key.ExportSubjectPublicKeyInfoPem() + "\n";

    private static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
}
