using System.Globalization;

namespace Ecosystem.Bench.Catalog;

/// <summary>The words that descriptions of health data are made of. Nouns join into compounds, as German does, so that the dictionary grows with the corpus.</summary>
internal static class Vocabulary
{
    public static readonly string[] Subjects = Split("""
        Diabetes Schlaganfall Herzinfarkt Brustkrebs Darmkrebs Demenz Depression Asthma Rheuma Epilepsie Hypertonie Herzinsuffizienz Sepsis Pneumonie
        Influenza Masern Tuberkulose Adipositas Migräne Parkinson Leukämie Melanom Osteoporose Arthrose Neurodermitis Psoriasis Anämie Allergie Sucht
        Schlafapnoe Glaukom Katarakt Zahnkaries Frühgeburt Schwangerschaft Geburt Impfung Infektion Verletzung Verbrennung Sturz Schmerz Wunde Niere
        Leber Lunge Herz Gehirn Auge Haut Knochen Gelenk Blut Gefäß Magen Darm Schilddrüse Prostata Wirbelsäule
        """);

    public static readonly string[] Settings = Split("""
        Krankenhaus Pflege Reha Notfall Rettungsdienst Hausarzt Praxis Apotheke Ambulanz Intensiv Palliativ Geriatrie Pädiatrie Chirurgie Onkologie
        Kardiologie Neurologie Radiologie Pathologie Psychiatrie Labor Station Tagesklinik Versorgung Vorsorge Früherkennung Schul Betriebs Heim
        """);

    public static readonly string[] Things = Split("""
        Register Studie Kohorte Statistik Erhebung Befragung Dokumentation Untersuchung Datenbank Abrechnung Bericht Meldung Bildgebung Messung Akte
        Verordnung Diagnose Aufnahme Entlassung Behandlung Therapie Nachsorge Verlauf Bestand Sammlung Biobank Auswertung Überwachung Planung Erfassung
        """);

    public static readonly string[] Adjectives = Split("""
        pseudonymisierte anonymisierte strukturierte longitudinale stationäre ambulante chronische akute regionale kommunale jährliche monatliche
        vollständige standardisierte ärztliche pflegerische klinische genetische molekulare radiologische demografische soziale häusliche ländliche
        städtische digitale maschinenlesbare kontinuierliche prospektive retrospektive populationsbezogene einrichtungsübergreifende
        """);

    public static readonly string[] Contents = Split("""
        Laborwerte Vitalparameter Arzneimittel Diagnosen Prozeduren Entlassbriefe Befunde Röntgenbilder Gewebeproben Sequenzdaten Fragebögen Altersgruppen
        Geschlecht Wohnort Pflegegrad Versicherungsstatus Krankheitsverläufe Wartezeiten Kosten Fallzahlen Todesursachen Risikofaktoren Blutdruck Körpergewicht
        Raucherstatus Impfstatus Beatmungsstunden Operationszeiten Medikationspläne Allergien Sensordaten Bewegungsprofile Schlafdauer Ernährungsgewohnheiten
        """);

    public static readonly string[] Groups = Split("""
        Kinder Jugendliche Erwachsene Senioren Patientinnen Patienten Versicherte Schwangere Neugeborene Beschäftigte Pflegebedürftige Angehörige Studierende
        Zugewanderte Schulanfänger Frauen Männer Bewohner Hochbetagte Familien
        """);

    public static readonly string[] Purposes = Split("""
        Versorgungsforschung Qualitätssicherung Bedarfsplanung Früherkennung Modellentwicklung Epidemiologie Gesundheitsberichterstattung Ausbildung Lehre
        Evaluation Arzneimittelsicherheit Prävention Pandemievorsorge Kostenanalyse Hilfsmittelversorgung Personalplanung
        """);

    public static readonly string[] Cities = Split("""
        Bochum Dortmund Essen Duisburg Gelsenkirchen Hagen Hamm Herne Oberhausen Bottrop Mülheim Recklinghausen Witten Hattingen Unna Wesel Kleve Düren
        Münster Bielefeld Köln Düsseldorf Aachen Bonn Krefeld Wuppertal Solingen Remscheid Leverkusen Neuss Paderborn Siegen Gütersloh Iserlohn Lünen Marl
        Saarbrücken Neunkirchen Homburg Völklingen Merzig Saarlouis Berlin Hamburg München Leipzig Dresden Hannover Bremen Kiel Rostock Erfurt Jena Ulm
        """);

    public static readonly string[] Facilities = Split("Universitätsklinikum Klinikum Gesundheitsamt Krankenkasse Ärztekammer Forschungsinstitut Pflegedienst Landesamt");

    public static readonly string[] Sentences =
    [
        "Der Bestand enthält {adjective} Angaben zu {content}, {content} und {content} aus der {compound}.",
        "Erfasst wurden {group} und {group} mit {subject} in {city} und Umgebung seit {year}.",
        "Die {compound} wird von {facility} {city} geführt und {adjective} geprüft.",
        "Für jede Person liegen {adjective} {content} sowie {content} vor.",
        "Die Daten dienen der {purpose} und der {purpose}; eine Weitergabe ist nur nach Vereinbarung möglich.",
        "Ergänzend wurde eine {compound} zu {subject} und {subject} durchgeführt, Kennung {code}.",
        "Die {compound} umfasst {number} Fälle, davon {number} mit {content}.",
        "Verknüpft ist der Bestand mit der {compound} und der {compound} des Jahres {year}.",
    ];

    /// <summary>A compound of two or three nouns, some of them never seen before: "Schlaganfallregister", "Herzambulanzdokumentation".</summary>
    public static string Compound(Random random)
    {
        var first = Pick(random, random.Next(3) == 0 ? Settings : Subjects);
        var middle = random.Next(3) == 0 ? Pick(random, Settings).ToLowerInvariant() : string.Empty;
        return first + middle + Pick(random, Things).ToLowerInvariant();
    }

    /// <summary>What only one or a few descriptions contain: numbers of studies, codes, names of devices.</summary>
    public static string Code(Random random) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + random.Next(26))}{random.Next(10, 100)}K{random.Next(200_000)}");

    /// <summary>Words are not said equally often: the earlier in its list, the more often.</summary>
    public static string Pick(Random random, string[] words)
    {
        var place = random.NextDouble();
        return words[(int)(place * place * words.Length)];
    }

    private static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
