using Ecosystem.AppHost.Local.Identity.Realms;

namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>One person signed in with one browser; every token of theirs carries <see cref="Id"/> as <c>sid</c>.</summary>
internal sealed class SignedInSession(string id, Account account, DateTimeOffset signedInAt)
{
    public string Id { get; } = id;
    public Account Account { get; } = account;
    public DateTimeOffset SignedInAt { get; } = signedInAt;
    public DateTimeOffset LastUsed { get; set; } = signedInAt;
}
