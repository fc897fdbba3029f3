namespace Ecosystem.Odrl;

/// <summary>What the European Health Data Space says of a purpose of secondary use (Regulation (EU) 2025/327).</summary>
public enum HealthDataUse
{
    /// <summary>The regulation does not name the purpose.</summary>
    NotNamed,

    /// <summary>Allowed by Article 53 to anyone with a permit.</summary>
    Allowed,

    /// <summary>Allowed by Article 53 to public bodies only.</summary>
    AllowedToPublicBodies,

    /// <summary>Prohibited by Article 54.</summary>
    Prohibited,
}

/// <summary>A purpose that policies and requests can name.</summary>
/// <param name="Concept">Its IRI, names and broader purposes.</param>
/// <param name="HealthDataUse">Its standing under the European Health Data Space.</param>
public sealed record Purpose(Concept Concept, HealthDataUse HealthDataUse);

/// <summary>
/// The declared purposes: those of Articles 53 and 54 of the European Health Data Space, and the part of the Data Privacy Vocabulary
/// (DPV 2.1 and its extension for the EHDS) that health data policies use.
/// </summary>
public static class Purposes
{
    /// <summary>The namespace of the Data Privacy Vocabulary.</summary>
    public const string Dpv = "https://w3id.org/dpv#";

    /// <summary>The namespace of its extension for the European Health Data Space.</summary>
    public const string DpvEhds = "https://w3id.org/dpv/legal/eu/ehds#";

    /// <summary>The prefix of the regulation's articles: its ELI with the article as fragment.</summary>
    public const string Ehds = "http://data.europa.eu/eli/reg/2025/327/oj#";

    /// <summary>Any purpose at all.</summary>
    public const string Any = Dpv + "Purpose";

    /// <summary>Scientific research.</summary>
    public const string ScientificResearch = Dpv + "ScientificResearch";

    /// <summary>Scientific research related to health or care (Article 53(1)(e)).</summary>
    public const string HealthResearch = Ehds + "art_53.1.e";

    /// <summary>Training, testing and evaluating algorithms in health (Article 53(1)(e)(ii)).</summary>
    public const string TrainHealthAlgorithms = DpvEhds + "TrainTestAndEvaluateHealthAlgorithms";

    /// <summary>Advertising and marketing (Article 54(c)).</summary>
    public const string ProhibitedAdvertising = Ehds + "art_54.c";

    private const string PublicHealth = Ehds + "art_53.1.a";
    private const string PolicyMaking = Ehds + "art_53.1.b";
    private const string Statistics = Ehds + "art_53.1.c";
    private const string Education = Ehds + "art_53.1.d";
    private const string Care = Ehds + "art_53.1.f";
    private const string Development = Dpv + "ResearchAndDevelopment";
    private const string PublicInterest = DpvEhds + "PublicInterestRelatedToHealth";

    /// <summary>All declared purposes.</summary>
    public static Sequence<Purpose> All { get; } =
    [
        Of(Any, "beliebiger Zweck", "any purpose", HealthDataUse.NotNamed),

        Of(PublicHealth, "öffentliches Interesse an Gesundheit und Gesundheit bei der Arbeit (EHDS Art. 53 a)", "public interest in public and occupational health (EHDS Art. 53 a)", HealthDataUse.AllowedToPublicBodies, Any),
        Of(PolicyMaking, "Politikgestaltung und Regulierung (EHDS Art. 53 b)", "policy making and regulatory activities (EHDS Art. 53 b)", HealthDataUse.AllowedToPublicBodies, Any),
        Of(Statistics, "amtliche Statistik (EHDS Art. 53 c)", "official statistics (EHDS Art. 53 c)", HealthDataUse.AllowedToPublicBodies, Any),
        Of(Education, "Bildung und Lehre im Gesundheitswesen (EHDS Art. 53 d)", "education and teaching in health and care (EHDS Art. 53 d)", HealthDataUse.Allowed, Any),
        Of(HealthResearch, "wissenschaftliche Forschung im Gesundheitswesen (EHDS Art. 53 e)", "scientific research related to health or care (EHDS Art. 53 e)", HealthDataUse.Allowed, ScientificResearch),
        Of(Care, "Verbesserung der Versorgung (EHDS Art. 53 f)", "improvement of the delivery of care (EHDS Art. 53 f)", HealthDataUse.Allowed, Any),

        Of(Ehds + "art_54.a", "nachteilige Entscheidungen über Personen (EHDS Art. 54 a)", "decisions detrimental to persons (EHDS Art. 54 a)", HealthDataUse.Prohibited, Any),
        Of(Ehds + "art_54.b", "Ausschluss bei Arbeit, Versicherung oder Kredit (EHDS Art. 54 b)", "exclusion from work, insurance or credit (EHDS Art. 54 b)", HealthDataUse.Prohibited, Any),
        Of(ProhibitedAdvertising, "Werbung und Vermarktung (EHDS Art. 54 c)", "advertising and marketing (EHDS Art. 54 c)", HealthDataUse.Prohibited, Any),
        Of(Ehds + "art_54.d", "Entwicklung schädlicher Produkte (EHDS Art. 54 d)", "development of harmful products (EHDS Art. 54 d)", HealthDataUse.Prohibited, Any),
        Of(Ehds + "art_54.e", "Tätigkeiten gegen ethische Vorschriften (EHDS Art. 54 e)", "activities against ethical provisions (EHDS Art. 54 e)", HealthDataUse.Prohibited, Any),

        Of(Development, "Forschung und Entwicklung", "research and development", HealthDataUse.NotNamed, Any),
        Of(ScientificResearch, "wissenschaftliche Forschung", "scientific research", HealthDataUse.NotNamed, Development),
        Of(Dpv + "AcademicResearch", "akademische Forschung", "academic research", HealthDataUse.NotNamed, Development),
        Of(Dpv + "CommercialResearch", "kommerzielle Forschung", "commercial research", HealthDataUse.NotNamed, Development, Dpv + "CommercialPurpose"),
        Of(Dpv + "NonCommercialResearch", "nicht kommerzielle Forschung", "non-commercial research", HealthDataUse.NotNamed, Development, Dpv + "NonCommercialPurpose"),
        Of(Dpv + "CommercialPurpose", "kommerzieller Zweck", "commercial purpose", HealthDataUse.NotNamed, Any),
        Of(Dpv + "NonCommercialPurpose", "nicht kommerzieller Zweck", "non-commercial purpose", HealthDataUse.NotNamed, Any),
        Of(Dpv + "Marketing", "Marketing", "marketing", HealthDataUse.Prohibited, ProhibitedAdvertising),
        Of(Dpv + "Advertising", "Werbung", "advertising", HealthDataUse.Prohibited, Dpv + "Marketing"),
        Of(Dpv + "DirectMarketing", "Direktmarketing", "direct marketing", HealthDataUse.Prohibited, Dpv + "Marketing"),
        Of(Dpv + "PersonalisedAdvertising", "personalisierte Werbung", "personalised advertising", HealthDataUse.Prohibited, Dpv + "Advertising"),
        Of(Dpv + "ProvideOfficialStatistics", "amtliche Statistik", "official statistics", HealthDataUse.NotNamed, Any),
        Of(Dpv + "ImproveHealthcare", "Verbesserung der Gesundheitsversorgung", "improving healthcare", HealthDataUse.Allowed, Care),

        Of(PublicInterest, "öffentliches Interesse an Gesundheit", "public interest related to health", HealthDataUse.AllowedToPublicBodies, PublicHealth),
        Of(DpvEhds + "PublicHealthSurveillance", "Überwachung der öffentlichen Gesundheit", "public health surveillance", HealthDataUse.AllowedToPublicBodies, PublicInterest),
        Of(DpvEhds + "ProtectAgainstCrossBorderThreatsToHealth", "Schutz vor grenzüberschreitenden Gesundheitsgefahren", "protection against cross-border threats to health", HealthDataUse.AllowedToPublicBodies, PublicInterest),
        Of(DpvEhds + "EnsureQualitySafetyHealthcare", "Qualität und Sicherheit der Versorgung", "quality and safety of healthcare", HealthDataUse.AllowedToPublicBodies, PublicInterest),
        Of(DpvEhds + "EnsureQualitySafetyMedicinalProducts", "Qualität und Sicherheit von Arzneimitteln", "quality and safety of medicinal products", HealthDataUse.AllowedToPublicBodies, PublicInterest),
        Of(DpvEhds + "EnsureQualitySafetyMedicalDevices", "Qualität und Sicherheit von Medizinprodukten", "quality and safety of medical devices", HealthDataUse.AllowedToPublicBodies, PublicInterest),
        Of(DpvEhds + "SupportAuthoritiesRegulatoryActivities", "Unterstützung der Behörden bei der Regulierung", "support of authorities in regulatory activities", HealthDataUse.AllowedToPublicBodies, PolicyMaking),
        Of(DpvEhds + "ProvideHealthcareOfficialStatistics", "amtliche Statistik zum Gesundheitswesen", "official statistics on healthcare", HealthDataUse.AllowedToPublicBodies, Statistics, Dpv + "ProvideOfficialStatistics"),
        Of(DpvEhds + "ImproveHealthcareEducation", "bessere Ausbildung im Gesundheitswesen", "improving healthcare education", HealthDataUse.Allowed, Education),
        Of(DpvEhds + "HealthcareScientificResearch", "wissenschaftliche Gesundheitsforschung", "healthcare scientific research", HealthDataUse.Allowed, HealthResearch),
        Of(DpvEhds + "DevelopPublicHealthProductsAndServices", "Entwicklung von Produkten und Diensten für die Gesundheit", "development of products and services for health", HealthDataUse.Allowed, HealthResearch, Development),
        Of(TrainHealthAlgorithms, "Training und Prüfung von Gesundheitsalgorithmen", "training, testing and evaluating health algorithms", HealthDataUse.Allowed, HealthResearch),
        Of(DpvEhds + "TrainTestAndEvaluateAISystemsAlgorithms", "Training und Prüfung von KI-Systemen", "training, testing and evaluating AI systems", HealthDataUse.Allowed, TrainHealthAlgorithms),
        Of(DpvEhds + "TrainTestAndEvaluateHealthAppsAlgorithms", "Training und Prüfung von Gesundheitsanwendungen", "training, testing and evaluating health apps", HealthDataUse.Allowed, TrainHealthAlgorithms),
        Of(DpvEhds + "TrainTestAndEvaluateMedicalDevicesAlgorithms", "Training und Prüfung von Medizinprodukten", "training, testing and evaluating medical devices", HealthDataUse.Allowed, TrainHealthAlgorithms),
        Of(DpvEhds + "PersonalisedHealthcare", "personalisierte Versorgung", "personalised healthcare", HealthDataUse.Allowed, Care, Dpv + "ImproveHealthcare"),
    ];

    /// <summary>Purposes that exclude each other: what Article 54 prohibits is no case of what Article 53 allows, nor of research.</summary>
    internal static Sequence<(string One, string Other)> Disjoint { get; } = Exclusions().ToSequence();

    /// <summary>Looks a purpose up.</summary>
    /// <param name="iri">The purpose's IRI.</param>
    /// <returns>The purpose, or null when it is not declared.</returns>
    public static Purpose? Find(string iri) => All.FirstOrDefault(purpose => purpose.Concept.Iri == iri);

    private static IEnumerable<(string One, string Other)> Exclusions()
    {
        foreach (var prohibited in All.Where(purpose => purpose.HealthDataUse is HealthDataUse.Prohibited && purpose.Concept.Broader.Contains(Any)))
        {
            foreach (var allowed in All.Where(purpose => purpose.HealthDataUse is HealthDataUse.Allowed or HealthDataUse.AllowedToPublicBodies))
                yield return (prohibited.Concept.Iri, allowed.Concept.Iri);
        }

        yield return (Dpv + "Marketing", Development);
        yield return (Dpv + "CommercialPurpose", Dpv + "NonCommercialPurpose");
    }

    private static Purpose Of(string iri, string german, string english, HealthDataUse use, params Sequence<string> broader) =>
        new(new(iri, new(german, english), broader), use);
}
