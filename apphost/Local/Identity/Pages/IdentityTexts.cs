using Ecosystem.Pages;

namespace Ecosystem.AppHost.Local.Identity.Pages;

/// <summary>Everything the provider says to people.</summary>
internal static class IdentityTexts
{
    public static readonly Bilingual SignIn = new("Anmelden", "Sign in");
    public static readonly Bilingual ContinueTo = new("Weiter zu:", "Continue to:");
    public static readonly Bilingual Username = new("Benutzername", "User name");
    public static readonly Bilingual Password = new("Passwort", "Password");
    public static readonly Bilingual WrongCredentials = new(
        "Benutzername oder Passwort ist falsch. Bitte versuchen Sie es noch einmal.",
        "The user name or the password is wrong. Please try again.");
    public static readonly Bilingual DevelopmentOnly = new(
        "Lokaler Anmeldedienst, nur für die Entwicklung. Im Betrieb steht hier Keycloak.",
        "Local sign-in service, for development only. In production Keycloak takes this place.");
    public static readonly Bilingual DevelopmentAccounts = new("Entwicklungskonten", "Development accounts");
    public static readonly Bilingual DevelopmentPassword = new("Passwort jedes Kontos:", "Password of every account:");
    public static readonly Bilingual CannotSignIn = new("Die Anmeldung ist nicht möglich", "Signing in is not possible");
    public static readonly Bilingual AskTheApplication = new(
        "Die Anwendung, von der Sie kommen, hat eine Anfrage gestellt, die nicht angenommen werden kann. Ihr Grund, für deren Entwickler:",
        "The application you came from sent a request that cannot be accepted. The reason, for its developers:");
    public static readonly Bilingual FormExpired = new("Dieses Formular gilt nicht mehr", "This form is no longer valid");
    public static readonly Bilingual StartAgain = new(
        "Es wurde in einem anderen Browser geöffnet, schon verwendet oder ist abgelaufen. Bitte beginnen Sie noch einmal bei der Anwendung.",
        "It was opened in another browser, used already, or has expired. Please start again at the application.");
    public static readonly Bilingual SignOut = new("Abmelden", "Sign out");
    public static readonly Bilingual ReallySignOut = new("Möchten Sie sich abmelden?", "Do you want to sign out?");
    public static readonly Bilingual SignedOut = new("Sie sind abgemeldet", "You are signed out");
    public static readonly Bilingual CloseWindow = new("Sie können dieses Fenster schließen.", "You can close this window.");
}
