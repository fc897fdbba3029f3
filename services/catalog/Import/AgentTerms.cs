using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>How organisations and the ways to reach them are written: FOAF for those who act, vCard for those to ask, Core Vocabularies for HealthDCAT-AP.</summary>
internal static class AgentTerms
{
    private const string Core = Namespaces.CoreVocabularies;
    private const string Vcard = Namespaces.Vcard;

    public static readonly Iri Name = new(Namespaces.Foaf + "name");
    public static readonly Iri Mbox = new(Namespaces.Foaf + "mbox");
    public static readonly Iri Homepage = new(Namespaces.Foaf + "homepage");

    public static readonly Iri FormattedName = new(Vcard + "fn");
    public static readonly Iri HasEmail = new(Vcard + "hasEmail");
    public static readonly Iri HasUrl = new(Vcard + "hasURL");
    public static readonly Iri HasAddress = new(Vcard + "hasAddress");

    /// <summary>The parts of an address: as DCAT-AP.de has them on the contact itself, and as vCard has them on an address of its own.</summary>
    public static readonly (Iri Direct, Iri InAddress) Street = (new(Vcard + "hasStreetAddress"), new(Vcard + "street-address"));
    public static readonly (Iri Direct, Iri InAddress) PostalCode = (new(Vcard + "hasPostalCode"), new(Vcard + "postal-code"));
    public static readonly (Iri Direct, Iri InAddress) Locality = (new(Vcard + "hasLocality"), new(Vcard + "locality"));
    public static readonly (Iri Direct, Iri InAddress) Country = (new(Vcard + "hasCountryName"), new(Vcard + "country-name"));

    public static readonly Iri ContactPointClass = new(Core + "ContactPoint");
    public static readonly Iri ContactPoint = new(Core + "contactPoint");
    public static readonly Iri Email = new(Core + "email");
    public static readonly Iri ContactPage = new(Core + "contactPage");
    public static readonly Iri Telephone = new(Core + "telephone");
    public static readonly Iri OpeningHours = new(Core + "openingHours");
    public static readonly Iri SpecialOpeningHours = new(Core + "specialOpeningHoursSpecification");
    public static readonly Iri Frequency = new(Core + "frequency");
    public static readonly Iri TemporalEntity = new(Namespaces.Time + "TemporalEntity");
}
