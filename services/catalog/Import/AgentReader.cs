using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>Organisations of a foreign catalogue. What it says of private persons is not taken in.</summary>
internal sealed class AgentReader(Graph graph)
{
    private static readonly Iri Person = new(Namespaces.Foaf + "Person");

    /// <summary>An organisation that acts.</summary>
    public Agent? Read(Term subject, Iri property) => All(subject, property).FirstOrDefault();

    public IEnumerable<Agent> All(Term subject, Iri property) => graph.Objects(subject, property)
        .Where(node => !graph.Contains(new Triple(node, Dcat.Type, Person)))
        .Select(node => Read(node, AgentTerms.Name, AgentTerms.Mbox, AgentTerms.Homepage))
        .Where(agent => agent.Name.Length > 0);

    /// <summary>Those to ask about a data set.</summary>
    public IEnumerable<Agent> Contacts(Term subject) => graph.Objects(subject, Dcat.ContactPoint)
        .Select(node => Read(node, AgentTerms.FormattedName, AgentTerms.HasEmail, AgentTerms.HasUrl))
        .Where(contact => contact.Name.Length > 0 || contact.Email.Length > 0 || contact.Url.Length > 0)
        .Select(contact =>
        {
            // HealthDCAT-AP does not ask for a name.
            contact.Name = contact.Name.Length > 0 ? contact.Name : contact.Email.Length > 0 ? contact.Email : contact.Url;
            return contact;
        });

    private Agent Read(Term node, Iri name, Iri mail, Iri page)
    {
        if (node is Literal literal)
        {
            return new Agent { Name = literal.Value, Language = DcatValues.LanguageOf(literal) };
        }

        var agent = new Agent
        {
            Iri = (node as Iri)?.Value ?? string.Empty,
            Name = graph.Text(node, name),
            Language = graph.LanguageOf(node, name),
            Email = graph.Mailbox(node, mail),
            Url = graph.Text(node, page),
            Type = graph.Text(node, Dcat.Kind),
            Note = graph.Text(node, Dcat.Description),
            Address = AddressOf(node),
        };
        ContactPoint? contact = graph.Objects(node, AgentTerms.ContactPoint).Select(ContactPointOf).FirstOrDefault();
        agent.ContactPoint = contact?.Equals(new ContactPoint { Email = agent.Email, ContactPage = agent.Url }) == true ? null : contact;
        return agent;
    }

    private PostalAddress? AddressOf(Term node)
    {
        Term[] places = [node, .. graph.Objects(node, AgentTerms.HasAddress)];
        string Part((Iri Direct, Iri InAddress) part) =>
            places.SelectMany(p => graph.Texts(p, part.Direct).Concat(graph.Texts(p, part.InAddress))).FirstOrDefault() ?? string.Empty;

        var address = new PostalAddress
        {
            Street = Part(AgentTerms.Street),
            PostalCode = Part(AgentTerms.PostalCode),
            Locality = Part(AgentTerms.Locality),
            Country = Part(AgentTerms.Country),
        };
        return address.Equals(new PostalAddress()) ? null : address;
    }

    private ContactPoint ContactPointOf(Term node) => new()
    {
        Iri = (node as Iri)?.Value ?? string.Empty,
        Email = graph.Mailbox(node, AgentTerms.Email),
        ContactPage = graph.Text(node, AgentTerms.ContactPage),
        Telephone = graph.Text(node, AgentTerms.Telephone),
        OpeningHours = HoursOf(node, AgentTerms.OpeningHours),
        SpecialOpeningHours = HoursOf(node, AgentTerms.SpecialOpeningHours),
    };

    private OpeningHours? HoursOf(Term contact, Iri property) => graph.Objects(contact, property).Select(node => new OpeningHours
    {
        Description = graph.Text(node, Dcat.Description),
        Language = graph.LanguageOf(node, Dcat.Description),
        Frequency = graph.Text(node, AgentTerms.Frequency),
    }).FirstOrDefault();
}
