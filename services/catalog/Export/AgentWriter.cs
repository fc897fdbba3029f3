using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Export;

/// <summary>Organisations: those who act (foaf:Agent) and those to ask (vcard:Kind).</summary>
internal sealed class AgentWriter(Statements statements)
{
    /// <param name="dataset">Whose organisation it is.</param>
    /// <param name="property">What it does for it.</param>
    /// <param name="agent">The organisation; nothing is said when it is null.</param>
    /// <param name="isReachable">Whether HealthDCAT-AP wants a cv:ContactPoint of it, which is then made of mailbox and page.</param>
    public void Write(Term dataset, Iri property, Agent? agent, bool isReachable)
    {
        if (agent is null)
        {
            return;
        }

        (Term node, bool isNew) = statements.Name(agent.Iri, agent);
        statements.Add(dataset, property, node);
        if (!isNew)
        {
            return;
        }

        statements.Add(node, Dcat.Type, Dcat.Agent);
        statements.Text(node, AgentTerms.Name, agent.Name, agent.Language);
        statements.Text(node, Dcat.Description, agent.Note, agent.Language);
        statements.Reference(node, Dcat.Kind, agent.Type);
        statements.Reference(node, AgentTerms.Mbox, DcatIris.OfMailbox(agent.Email));
        statements.Reference(node, AgentTerms.Homepage, agent.Url);
        WriteAddress(node, agent.Address);
        if (agent.ContactPoint is not null || (isReachable && (agent.Email.Length > 0 || agent.Url.Length > 0)))
        {
            WriteContactPoint(node, agent.ContactPoint ?? new ContactPoint { Email = agent.Email, ContactPage = agent.Url });
        }
    }

    /// <summary>Whom to ask about a data set.</summary>
    public void WriteContact(Term dataset, Agent? contact)
    {
        if (contact is null)
        {
            return;
        }

        (Term node, bool isNew) = statements.Name(contact.Iri, contact);
        statements.Add(dataset, Dcat.ContactPoint, node);
        if (!isNew)
        {
            return;
        }

        string email = contact.Email.Length > 0 ? contact.Email : contact.ContactPoint?.Email ?? string.Empty;
        string page = contact.Url.Length > 0 ? contact.Url : contact.ContactPoint?.ContactPage ?? string.Empty;
        statements.Add(node, Dcat.Type, Dcat.Contact);
        statements.Text(node, AgentTerms.FormattedName, contact.Name, contact.Language);
        statements.Reference(node, AgentTerms.HasEmail, DcatIris.OfMailbox(email));
        statements.Reference(node, AgentTerms.HasUrl, page);
        WriteAddress(node, contact.Address);
    }

    private void WriteAddress(Term node, PostalAddress? address)
    {
        statements.Text(node, AgentTerms.Street.Direct, address?.Street ?? string.Empty);
        statements.Text(node, AgentTerms.PostalCode.Direct, address?.PostalCode ?? string.Empty);
        statements.Text(node, AgentTerms.Locality.Direct, address?.Locality ?? string.Empty);
        statements.Text(node, AgentTerms.Country.Direct, address?.Country ?? string.Empty);
    }

    private void WriteContactPoint(Term agent, ContactPoint contact)
    {
        (Term node, bool isNew) = statements.Name(contact.Iri, contact);
        statements.Add(agent, AgentTerms.ContactPoint, node);
        if (!isNew)
        {
            return;
        }

        statements.Add(node, Dcat.Type, AgentTerms.ContactPointClass);
        statements.Text(node, AgentTerms.Email, contact.Email);
        statements.Reference(node, AgentTerms.ContactPage, contact.ContactPage);
        statements.Text(node, AgentTerms.Telephone, contact.Telephone);
        WriteHours(node, AgentTerms.OpeningHours, contact.OpeningHours);
        WriteHours(node, AgentTerms.SpecialOpeningHours, contact.SpecialOpeningHours);
    }

    private void WriteHours(Term contact, Iri property, OpeningHours? hours)
    {
        if (hours is null)
        {
            return;
        }

        BlankNode node = statements.Node(contact, property, AgentTerms.TemporalEntity);
        statements.Text(node, Dcat.Description, hours.Description, hours.Language);
        statements.Reference(node, AgentTerms.Frequency, hours.Frequency);
        if (DcatIris.IsIri(hours.Frequency))
        {
            // The shapes ask for the class, and validators do not look it up.
            statements.Add(new Iri(hours.Frequency), Dcat.Type, Dcat.FrequencyClass);
        }
    }
}
