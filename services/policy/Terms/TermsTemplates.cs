using Ecosystem.Odrl;
using static Ecosystem.Policy.V1.TermsTemplate.Types;

namespace Ecosystem.Policy.Terms;

/// <summary>The 25 usage classes of International Data Spaces and common cases of health data, each made of a few answers.</summary>
internal static class TermsTemplates
{
    private const string Ids = "https://w3id.org/idsa/code/";

    private static readonly Asked Value = new("value", "text", new("Welcher Wert muss vorliegen?", "Which value must it have?"), "approved");
    private static readonly Asked Iri = new("value", "iri", new("Welche Kennung (IRI)?", "Which identifier (IRI)?"), "urn:example:one");
    private static readonly Asked For = new("purpose", "purpose", new("Für welchen Zweck?", "For which purpose?"), Purposes.HealthResearch);
    private static readonly Asked Amount = new("amount", "number", new("Welcher Betrag in Euro?", "Which amount in euros?"), "250");

    public static IReadOnlyList<TermsForm> All { get; } =
    [
        new("restrict-consumer", 1, new("Nur für einen Nutzer", "One consumer only"), Enforcement.Decided, [Iri], answers => Use() with { Assignees = [new(answers["value"].Lexical)] }),
        When("restrict-connector", 2, new("Nur über einen Konnektor", "One connector only"), Enforcement.Connector, Iri, OdrlTerms.Namespace + "systemDevice"),
        When("restrict-application", 3, new("Nur in einer Anwendung", "One application only"), Enforcement.Connector, Iri, Ids + "APPLICATION"),
        When("restrict-user-role", 4, new("Nur für eine Rolle", "One role only"), Enforcement.Connector, Iri, Ids + "ROLE"),
        When("restrict-location", 5, new("Nur an einem Ort", "One place only"), Enforcement.Connector, Iri, OdrlTerms.Spatial, ComparisonOperator.IsPartOf),
        When("restrict-purpose", 6, new("Nur für einen Zweck", "One purpose only"), Enforcement.Decided, For, OdrlTerms.Purpose, ComparisonOperator.IsA),
        When("restrict-event", 7, new("Nur bei einem Ereignis", "During an event only"), Enforcement.Connector, Iri, OdrlTerms.Namespace + "event"),
        When("restrict-security-level", 8, new("Nur ab einer Sicherheitsstufe", "From a security level on"), Enforcement.Connector, Iri, Ids + "SECURITY_LEVEL"),
        new("restrict-interval", 9, new("Nur in einem Zeitraum", "Within an interval only"), Enforcement.Decided,
            [new("from", "date", new("Ab wann?", "From when?"), "2026-07-01T00:00:00Z"), new("until", "date", new("Bis wann?", "Until when?"), "2027-07-01T00:00:00Z")],
            answers => Use(new Constraint(OdrlTerms.DateTime, ComparisonOperator.Gteq, [answers["from"]]), new Constraint(OdrlTerms.DateTime, ComparisonOperator.Lt, [answers["until"]]))),
        When("restrict-duration", 10, new("Nur für eine Dauer", "For a duration only"), Enforcement.Connector,
            new("value", "duration", new("Wie lange höchstens?", "How long at most?"), "P3M"), OdrlTerms.ElapsedTime, ComparisonOperator.Lteq),
        When("restrict-count", 11, new("Nur so oft", "So many times only"), Enforcement.Decided,
            new("value", "number", new("Wie oft höchstens?", "How often at most?"), "100"), OdrlTerms.Count, ComparisonOperator.Lteq),
        new("delete-after", 12, new("Danach löschen", "Delete afterwards"), Enforcement.Duty, [new("until", "date", new("Bis wann ist zu löschen?", "Until when must the data be deleted?"), "2027-12-31T00:00:00Z")],
            answers => Obliging("delete", new Constraint(OdrlTerms.DateTime, ComparisonOperator.Lteq, [answers["until"]]))),
        With("modify-in-transit", 13, new("Bei der Übertragung verändern", "Modify in transit"), "transform", Of("Was ist zu ersetzen (JSON-Pfad)?", "What must be replaced (JSON path)?", "$.name"), Ids + "JSON_PATH"),
        With("modify-at-rest", 14, new("Im Speicher verändern", "Modify at rest"), "modify", Of("Was ist zu ersetzen (JSON-Pfad)?", "What must be replaced (JSON path)?", "$.birthDate"), Ids + "JSON_PATH"),
        With("log-use", 15, new("Nutzung protokollieren", "Log the use"), "acceptTracking", Of("Wo ist zu protokollieren?", "Where must it be logged?", "urn:example:log"), OdrlTerms.Namespace + "systemDevice"),
        With("notify", 16, new("Nutzung melden", "Notify of the use"), "inform", Of("Wem ist zu melden?", "Who must be told?", "urn:example:holder"), OdrlTerms.Recipient),
        With("next-policy", 17, new("Bedingungen weitergeben", "Pass the terms on"), "nextPolicy", Of("Welche Bedingungen gelten für Dritte (IRI)?", "Which terms hold for third parties (IRI)?", "urn:example:next"), Ids + "TARGET_POLICY"),
        When("restrict-artifact-state", 18, new("Nur in einem Zustand der Daten", "One state of the data only"), Enforcement.Connector, Value with { Example = "pseudonymised" }, Ids + "ARTIFACT_STATE"),
        Paid("sale", 19, new("Gegen einmalige Zahlung", "Against one payment"), [Amount], []),
        Paid("rental", 20, new("Gegen wiederkehrende Zahlung", "Against recurring payment"),
            [Amount, new("every", "duration", new("In welchem Abstand?", "How often?"), "P1M")], ["every"]),
        When("restrict-environment-state", 21, new("Nur in einem Zustand der Umgebung", "One state of the environment only"), Enforcement.Connector, Value, Ids + "STATE"),
        new("restrict-participant-location", 22, new("Nur für Nutzer an einem Ort", "Consumers at one place only"), Enforcement.Connector, [Iri],
            answers => Use() with { Assignees = [new("urn:ecosystem:alliance") { Refinements = [new Constraint(OdrlTerms.Spatial, ComparisonOperator.IsPartOf, [answers["value"]])] }] }),
        With("obtain-consent", 23, new("Einwilligung einholen", "Obtain consent"), "obtainConsent", Of("Wessen Einwilligung?", "Whose consent?", "urn:example:patients"), OdrlTerms.Recipient),
        When("restrict-data-classification", 24, new("Nur für eine Einstufung der Daten", "One classification of the data only"), Enforcement.Connector, Value with { Example = "public" }, Ids + "DATA_CLASSIFICATION"),
        With("anonymise", 25, new("Anonymisieren", "Anonymise"), "anonymize", Of("Mit welchem Verfahren?", "By which method?", "k-anonymity"), Ids + "METHOD"),

        Health("health-research", new("Gesundheitsforschung, anonymisiert, ohne Weitergabe", "Health research, anonymised, not passed on"), Purposes.HealthResearch, "anonymize"),
        Health("train-algorithms", new("Gesundheitsalgorithmen trainieren und prüfen", "Train and test health algorithms"), Purposes.TrainHealthAlgorithms, "anonymize"),
        Health("health-statistics", new("Amtliche Gesundheitsstatistik", "Official health statistics"), Purposes.Ehds + "art_53.1.c", "aggregate"),
        new("consented-groups", 0, new("Nur mit Einwilligung der Betroffenen", "Only while the data subjects consent"), Enforcement.Decided,
            [new("group", "iri", new("Welche Gruppe muss eingewilligt haben?", "Which group must have consented?"), "urn:example:cohort:2026-lung")],
            answers => Use(new Constraint(Information.KnownFact.Consent, ComparisonOperator.IsAllOf, [answers["group"]]))),
        Health("health-education", new("Ausbildung im Gesundheitswesen", "Education in health care"), Purposes.Ehds + "art_53.1.d", "anonymize"),
    ];

    private static TermsForm When(
        string id, int number, Sentence title, Enforcement enforcement, Asked asked, string leftOperand, ComparisonOperator comparison = ComparisonOperator.Eq) =>
        new(id, number, title, enforcement, [asked], answers => Use(new Constraint(leftOperand, comparison, [answers[asked.Id]])));

    private static TermsForm With(string id, int number, Sentence title, string action, Asked asked, string leftOperand) =>
        new(id, number, title, Enforcement.Duty, [asked], answers => Obliging(action, new Constraint(leftOperand, ComparisonOperator.Eq, [answers[asked.Id]])));

    private static TermsForm Paid(string id, int number, Sentence title, IReadOnlyList<Asked> asked, IReadOnlyList<string> intervals) =>
        new(id, number, title, Enforcement.Duty, asked, answers => Obliging(
            "compensate",
            [
                new Constraint(OdrlTerms.Namespace + "payAmount", ComparisonOperator.Eq, [answers["amount"]]) { Unit = "http://dbpedia.org/resource/Euro" },
                .. intervals.Select(interval => (Condition)new Constraint(OdrlTerms.TimeInterval, ComparisonOperator.Eq, [answers[interval]])),
            ]));

    private static TermsForm Health(string id, Sentence title, string purpose, string duty) => new(
        id, 0, title, Enforcement.Decided, [new("until", "date", new("Bis wann?", "Until when?"), "2028-12-31T00:00:00Z")],
        answers => Use(
            new Constraint(OdrlTerms.Purpose, ComparisonOperator.IsA, [OdrlValue.Iri(purpose)]),
            new Constraint(OdrlTerms.DateTime, ComparisonOperator.Lt, [answers["until"]])) with { Duties = [Duty(duty)] })
    {
        Forbidden = [new Prohibition { Actions = [new(OdrlTerms.Namespace + "distribute")] }],
    };

    private static Asked Of(string german, string english, string example) => new("value", "text", new(german, english), example);

    private static Permission Use(params Sequence<Condition> conditions) => new() { Actions = [new(OdrlTerms.Use)], Constraints = conditions };

    private static Permission Obliging(string action, params Sequence<Condition> refinements) => Use() with { Duties = [Duty(action, refinements)] };

    private static Duty Duty(string action, params Sequence<Condition> refinements) =>
        new() { Actions = [new(OdrlTerms.Namespace + action) { Refinements = refinements }] };
}
