using Ecosystem.Pages;
using static Ecosystem.Policy.V1.TermsTemplate.Types;

namespace Ecosystem.Gateway.Pages;

/// <summary>What the pages for terms of use say.</summary>
internal static class TermsTexts
{
    public static readonly Bilingual ListHeadline = new("Nutzungsbedingungen schreiben", "Write terms of use");
    public static readonly Bilingual ListLead = new(
        "Wählen Sie eine Vorlage und beantworten Sie ihre Fragen. Sie sehen dann in ganzen Sätzen, was die Bedingungen erlauben und verlangen. Gespeichert wird nichts.",
        "Choose a template and answer its questions. You then see in whole sentences what the terms allow and demand. Nothing is kept.");
    public static readonly Bilingual HealthCases = new("Häufige Fälle bei Gesundheitsdaten", "Common cases of health data");
    public static readonly Bilingual UsageClasses = new("Die 25 Nutzungsklassen der International Data Spaces", "The 25 usage classes of International Data Spaces");
    public static readonly Bilingual BackToTemplates = new("Zu allen Vorlagen", "To all templates");
    public static readonly Bilingual Questions = new("Fragen", "Questions");
    public static readonly Bilingual ShowTerms = new("Bedingungen anzeigen", "Show the terms");
    public static readonly Bilingual Meaning = new("Das sagen die Bedingungen", "What the terms say");
    public static readonly Bilingual InTheOther = new("Dasselbe auf Englisch", "The same in German");
    public static readonly Bilingual ToState = new("Das muss der Konnektor bei jeder Nutzung angeben", "What the connector has to state for each use");
    public static readonly Bilingual ForMachines = new("Für Programme: ODRL als JSON-LD", "For programs: ODRL as JSON-LD");
    public static readonly Bilingual WrongTitle = new("Bitte berichtigen Sie diese Antworten", "Please correct these answers");
    public static readonly Bilingual NotUnderstood = new("Diese Antwort fehlt oder ist nicht verständlich.", "This answer is missing or cannot be understood.");
    public static readonly Bilingual NoTemplate = new("Diese Vorlage gibt es nicht", "There is no such template");
    public static readonly Bilingual ServiceAway = new("Zurzeit nicht möglich", "Not possible at the moment");
    public static readonly Bilingual ServiceAwayText = new(
        "Der Dienst für Nutzungsbedingungen antwortet nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.",
        "The service for terms of use does not answer. Please try again in some minutes.");
    public static readonly Bilingual Example = new("Zum Beispiel:", "For example:");
    public static readonly Bilingual PurposeHint = new("Engere Zwecke sind eingeschlossen.", "Narrower purposes are included.");
    public static readonly Bilingual DateHint = new("Gemeint ist der Beginn des Tages nach Weltzeit (UTC).", "The beginning of the day in universal time (UTC) is meant.");
    public static readonly Bilingual DurationHint = new("Zum Beispiel: P3M für drei Monate, P10D für zehn Tage.", "For example: P3M for three months, P10D for ten days.");

    private static readonly Bilingual Decided = new("Jede Nutzung wird hier entschieden.", "Each use is decided here.");
    private static readonly Bilingual Connector = new("Entschieden wird nach dem, was der Konnektor über die Nutzung angibt.", "It is decided on what the connector states of the use.");
    private static readonly Bilingual Duty = new("Daraus wird eine Pflicht für alle, die die Daten nutzen.", "It becomes a duty of whoever uses the data.");

    public static Bilingual EnforcedBy(Enforcement enforcement) => enforcement switch
    {
        Enforcement.Connector => Connector,
        Enforcement.Duty => Duty,
        _ => Decided,
    };
}
