using Ecosystem.AppHost.Local.Identity.Keys;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class SigningKeysTests : IDisposable
{
    private static readonly TimeSpan LongestToken = TimeSpan.FromHours(10);

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("keys-");
    private readonly ManualTime _clock = new();

    [Fact]
    public void A_restart_keeps_the_key() => Assert.Equal(Open().Current.Id, Open().Current.Id);

    [Fact]
    public void A_new_key_signs_after_a_week_while_the_old_one_stays_published_until_its_tokens_have_expired()
    {
        var keys = Open();
        var old = keys.Current.Id;
        _clock.Advance(SigningKeys.RotationInterval);
        Assert.NotEqual(old, keys.Current.Id);
        Assert.Contains(keys.Published, key => key.Id == old);
        Assert.Contains(Open().Published, key => key.Id == old);

        _clock.Advance(LongestToken);
        Assert.DoesNotContain(keys.Published, key => key.Id == old);
        Assert.DoesNotContain(Open().Published, key => key.Id == old);
    }

    [SkippableFact]
    public void Only_the_owner_may_read_the_keys()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no Unix file modes");
        _ = Open().Current;
        var file = Assert.Single(_state.GetFiles());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
    }

    [Fact]
    public void A_broken_key_file_says_what_to_do()
    {
        File.WriteAllText(Path.Combine(_state.FullName, "signing-keys.json"), "{ broken");
        var failure = Assert.Throws<InvalidDataException>(() => Open().Current);
        Assert.Contains("Delete the file", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _state.Delete(recursive: true);

    private SigningKeys Open() => new(new SigningKeyFile(_state.FullName), _clock, LongestToken);
}
