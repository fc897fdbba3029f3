using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Names of actions and left operands for people.</summary>
public static class Labels
{
    private static readonly FrozenDictionary<string, Sentence> Actions = Table(
        ("use", "nutzen", "use"), ("transfer", "das Eigentum übertragen", "transfer ownership"), ("read", "lesen", "read"), ("write", "schreiben", "write"),
        ("modify", "verändern", "modify"), ("derive", "ableiten", "derive"), ("distribute", "weitergeben", "distribute"), ("display", "anzeigen", "display"),
        ("play", "abspielen", "play"), ("present", "vorführen", "present"), ("print", "drucken", "print"), ("sell", "verkaufen", "sell"), ("give", "verschenken", "give"),
        ("aggregate", "zusammenführen", "aggregate"), ("annotate", "kommentieren", "annotate"), ("anonymize", "anonymisieren", "anonymise"), ("archive", "archivieren", "archive"),
        ("attribute", "die Quelle nennen", "attribute the source"), ("compensate", "vergüten", "compensate"), ("delete", "löschen", "delete"), ("digitize", "digitalisieren", "digitise"),
        ("execute", "ausführen", "execute"), ("extract", "Teile entnehmen", "extract"), ("grantUse", "Nutzung gewähren", "grant use"), ("include", "einbinden", "include"),
        ("index", "indexieren", "index"), ("inform", "informieren", "inform"), ("install", "installieren", "install"), ("uninstall", "deinstallieren", "uninstall"),
        ("move", "verschieben", "move"), ("nextPolicy", "die Folgerichtlinie mitgeben", "pass on the next policy"), ("obtainConsent", "Einwilligung einholen", "obtain consent"),
        ("reproduce", "vervielfältigen", "reproduce"), ("reviewPolicy", "die Richtlinie prüfen lassen", "have the policy reviewed"), ("stream", "streamen", "stream"),
        ("synchronize", "synchronisieren", "synchronise"), ("textToSpeech", "vorlesen lassen", "convert to speech"), ("transform", "umwandeln", "transform"),
        ("translate", "übersetzen", "translate"), ("watermark", "mit Wasserzeichen versehen", "watermark"), ("ensureExclusivity", "Ausschließlichkeit sichern", "ensure exclusivity"),
        ("acceptTracking", "Nachverfolgung dulden", "accept tracking"), ("concurrentUse", "gleichzeitig nutzen", "use concurrently"));

    // Of no vocabulary: the name of the ecosystem's own left operand.
    private const string Consent = "urn:ecosystem:consent";

    private static readonly FrozenDictionary<string, Sentence> LeftOperandNames = Table(
        ("dateTime", "der Zeitpunkt", "the time"), ("count", "die Zahl der Nutzungen", "the number of uses"), ("purpose", "der Zweck", "the purpose"),
        ("spatial", "der Ort", "the place"), ("recipient", "der Empfänger", "the recipient"), ("language", "die Sprache", "the language"),
        ("event", "das Ereignis", "the event"), ("industry", "die Branche", "the industry"), ("payAmount", "der Betrag", "the amount"),
        ("percentage", "der Anteil in Prozent", "the percentage"), ("elapsedTime", "die verstrichene Nutzungsdauer", "the elapsed time of use"),
        ("meteredTime", "die gemessene Nutzungsdauer", "the metered time of use"), ("delayPeriod", "die Wartezeit", "the delay"),
        ("timeInterval", "das Zeitintervall", "the time interval"), ("fileFormat", "das Dateiformat", "the file format"),
        ("systemDevice", "das System", "the system"), ("virtualLocation", "der virtuelle Ort", "the virtual location"));

    /// <summary>The name of an action.</summary>
    /// <param name="iri">The action's IRI.</param>
    /// <returns>A verb, or the short name when none is known.</returns>
    public static Sentence OfAction(string iri) => Actions.TryGetValue(iri, out var label) ? label : Plain(iri);

    /// <summary>The name of a left operand.</summary>
    /// <param name="iri">The left operand's IRI.</param>
    /// <returns>A noun with its article, or the short name in quotes.</returns>
    public static Sentence OfLeftOperand(string iri) =>
        LeftOperandNames.TryGetValue(iri, out var label) ? label : iri == Consent ? new("die Einwilligung der Gruppen", "the groups that consented") : new($"„{LastPart(iri)}“", $"'{LastPart(iri)}'");

    internal static string LastPart(string iri) => iri[(iri.LastIndexOfAny(['/', '#']) + 1)..] is { Length: > 0 } last ? last : iri;

    private static Sentence Plain(string iri) => new($"„{LastPart(iri)}“", $"'{LastPart(iri)}'");

    private static FrozenDictionary<string, Sentence> Table(params (string Name, string German, string English)[] rows) =>
        rows.ToFrozenDictionary(row => OdrlTerms.Namespace + row.Name, row => new Sentence(row.German, row.English), StringComparer.Ordinal);
}
