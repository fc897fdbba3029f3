using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.Policy.Tests;

/// <summary>The signing key is replaced by another: what the old one signed stays valid, for the service and for everybody else.</summary>
public sealed class KeyRotationTests : IAsyncLifetime, IDisposable
{
    private readonly PolicyHost _host = new() { Settings = { ["Ledger:Retention:Uses"] = "30.00:00:00" } };
    private readonly LedgerVerifier _verifier = new();
    private readonly LedgerVerifier _forgetful = new();
    private Agreement _agreed = null!;
    private Checkpoint _kept = null!;
    private V1.LedgerKey _before = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _agreed = await _host.AgreedAsync();
        await _host.AskAsync(_agreed);
        _host.Time.Set(_host.Time.GetUtcNow().AddDays(31));
        await _host.Service<LedgerRetainer>().DeleteAsync(CancellationToken.None);
        await _host.AskAsync(_agreed);
        _kept = await _host.Ledger().GetCheckpointAsync(new());
        _before = await _host.Ledger().GetLedgerKeyAsync(new());
        await _verifier.KeepKeyAsync(_host);
        _verifier.KeepKeyAsEarlier();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    public void Dispose()
    {
        _verifier.Dispose();
        _forgetful.Dispose();
    }

    [SkippableFact]
    public async Task The_independent_check_believes_both_keys_when_it_is_told_of_the_earlier_one()
    {
        await ReplaceKeyAsync(_before.PublicKeyPem);
        await _host.AskAsync(_agreed);
        await _verifier.KeepKeyAsync(_host);
        await _forgetful.KeepKeyAsync(_host);
        var export = await _host.ExportAsync();
        var now = await _host.Ledger().GetCheckpointAsync(new());

        Assert.NotEqual(_kept.KeyId, now.KeyId);
        Assert.Equal((0, "intact: 7 entries, 2 kept checkpoints, 1 deleted at the end of their retention"), await _verifier.VerifyAsync(export, _kept, now));
        var (exitCode, said) = await _forgetful.VerifyAsync(export);
        Assert.Equal((1, true), (exitCode, said.Contains("it tells of a deletion, and is not signed with this key", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deletions_and_agreements_signed_with_the_earlier_key_stay_valid_and_the_key_can_be_asked_for()
    {
        await ReplaceKeyAsync(_before.PublicKeyPem);
        var key = await _host.Ledger().GetLedgerKeyAsync(new());

        Assert.Contains((await _host.Ledger(Person.Holder).ListLedgerEntriesAsync(new())).Entries, entry => entry.Leaf.IsEmpty);
        var earlier = Assert.Single(key.Earlier);
        Assert.Equal((_before.KeyId, _before.PublicKeyPem), (earlier.KeyId, earlier.PublicKeyPem));
        Assert.NotEqual(key.KeyId, earlier.KeyId);
        var jws = JsonNode.Parse((await _host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = _agreed.Id })).Jws)!;
        using var signer = ECDsa.Create();
        signer.ImportFromPem(earlier.PublicKeyPem);
        Assert.True(signer.VerifyData(
            Encoding.ASCII.GetBytes($"{jws["protected"]}.{jws["payload"]}"), WebEncoders.Base64UrlDecode((string)jws["signature"]!), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_deletion_signed_with_a_key_that_nobody_names_is_not_believed()
    {
        await ReplaceKeyAsync(earlier: "");

        await _host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new()).RefusedAsync(StatusCode.DataLoss, "LEDGER_DAMAGED");
    }

    private async Task ReplaceKeyAsync(string earlier)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _host.Settings["Ledger:SigningKey"] = key.ExportPkcs8PrivateKeyPem();
        _host.Settings["Ledger:EarlierKeys"] = earlier;
        await _host.StopAsync();
        _host.Start();
    }
}
