using Ecosystem.Pages;

namespace Ecosystem.Gateway.Pages;

/// <summary>Everything the gateway's pages say.</summary>
internal static class GatewayTexts
{
    public static readonly Bilingual Brand = new("Ökosystem Digitale Gesundheit", "Digital Health Ecosystem");
    public static readonly Bilingual Headline = new("Daten teilen, ohne sie aus der Hand zu geben", "Share data without giving it away");
    public static readonly Bilingual Lead = new(
        "Datenbestände und KI-Kompetenzen werden hier angeboten, zusammengeführt und nur so genutzt, wie ihre Halter es erlauben. Die Daten selbst bleiben, wo sie sind.",
        "Data sets and AI competences are offered and matched here, and used only as their holders allow. The data itself stays where it is.");
    public static readonly Bilingual Region = new("Region", "Region");
    public static readonly Bilingual Running = new("Was läuft", "What is running");
    public static readonly Bilingual AsOf = new("Soeben abgefragt, Stand", "Asked just now, as of");
    public static readonly Bilingual AskAgain = new("Neu abfragen", "Ask again");
    public static readonly Bilingual Good = new("in Ordnung", "healthy");
    public static readonly Bilingual Unwell = new("gestört", "unwell");
    public static readonly Bilingual Unreachable = new("nicht erreichbar", "unreachable");
    public static readonly Bilingual Interfaces = new("Schnittstellen", "Interfaces");
    public static readonly Bilingual InterfacesText = new(
        "Jede Funktion gibt es als gRPC und als REST mit JSON, aus einem einzigen Vertrag.",
        "Every function exists as gRPC and as REST with JSON, from one contract.");
    public static readonly Bilingual AllMethods = new("Alle Methoden, und wer sie aufrufen darf", "All methods, and who may call them");
    public static readonly Bilingual WriteTerms = new("Nutzungsbedingungen schreiben, ohne Fachsprache", "Write terms of use, in plain language");
    public static readonly Bilingual GrpcText = new("gRPC ohne TLS, mit Reflection", "gRPC without TLS, with reflection");
    public static readonly Bilingual SignInText = new("OpenID-Anbieter für die Anmeldung", "OpenID provider for signing in");
    public static readonly Bilingual HealthText = new("Zustand als JSON", "Health as JSON");
    public static readonly Bilingual What = new("Was", "What");
    public static readonly Bilingual Where = new("Wo", "Where");
    public static readonly Bilingual Accounts = new("Konten zum Ausprobieren", "Accounts to try it with");
    public static readonly Bilingual AccountsText = new(
        "Nur in der Entwicklung. Passwort jedes Kontos:", "In development only. Password of every account:");
    public static readonly Bilingual Account = new("Konto", "Account");
    public static readonly Bilingual Organisation = new("Organisation", "Organisation");
    public static readonly Bilingual Role = new("Rolle", "Role");
    public static readonly Bilingual Openness = new("Offene Software unter Apache-Lizenz 2.0.", "Open software under the Apache License 2.0.");
    public static readonly Bilingual ApiHeadline = new("Schnittstellen", "Interfaces");
    public static readonly Bilingual ApiLead = new(
        "Alle Methoden, wie ihre Verträge sie festlegen: der gRPC-Name, derselbe Aufruf als REST, und wer ihn machen darf.",
        "All methods as their contracts define them: the gRPC name, the same call as REST, and who may make it.");
    public static readonly Bilingual OpenApiText = new("Maschinenlesbare Beschreibung (OpenAPI 3.1)", "Machine-readable description (OpenAPI 3.1)");
    public static readonly Bilingual Method = new("Methode", "Method");
    public static readonly Bilingual Access = new("Zugang", "Access");
    public static readonly Bilingual Public = new("öffentlich", "public");
    public static readonly Bilingual Closed = new("niemand", "nobody");
    public static readonly Bilingual BackToStart = new("Zur Startseite", "To the start page");
}
