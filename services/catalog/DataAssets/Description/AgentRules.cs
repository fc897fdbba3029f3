using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Organisations in a description: a name, and for those whom HealthDCAT-AP wants reachable a mailbox or a page.</summary>
internal static class AgentRules
{
    public static void CheckAll(DataAsset asset, Violations violations)
    {
        Check("publisher", asset.Publisher, mustBeReachable: true, violations);
        Check("contact", asset.Contact, mustBeReachable: true, violations);
        Check("hdab", asset.Hdab, mustBeReachable: true, violations);
        Check("hdab_coordinator", asset.HdabCoordinator, mustBeReachable: true, violations);
        Check("custodian", asset.Custodian, mustBeReachable: true, violations);
        violations.CheckCount("creators", asset.Creators.Count);
        for (int i = 0; i < asset.Creators.Count; i++)
        {
            Check($"creators[{i}]", asset.Creators[i], mustBeReachable: false, violations);
        }

        violations.CheckCount("further_contacts", asset.FurtherContacts.Count);
        for (int i = 0; i < asset.FurtherContacts.Count; i++)
        {
            Check($"further_contacts[{i}]", asset.FurtherContacts[i], mustBeReachable: true, violations);
        }
    }

    private static void Check(string field, Agent? agent, bool mustBeReachable, Violations violations)
    {
        if (agent is null)
        {
            return;
        }

        violations.Unless(!string.IsNullOrWhiteSpace(agent.Name), $"{field}.name", "A name is required.", "Ein Name ist nötig.");
        violations.CheckLine($"{field}.name", agent.Name, 300);
        violations.CheckMailbox($"{field}.email", agent.Email);
        violations.CheckWebAddress($"{field}.url", agent.Url);
        violations.CheckIri($"{field}.iri", agent.Iri);
        violations.CheckIri($"{field}.type", agent.Type);
        violations.CheckLine($"{field}.note", agent.Note, 20_000);
        if (agent.Language.Length > 0)
        {
            violations.CheckLanguage($"{field}.language", agent.Language);
        }

        CheckContactPoint($"{field}.contact_point", agent.ContactPoint, violations);
        violations.Unless(
            !mustBeReachable || IsReachable(agent),
            field,
            "Say how it is reached: by a functional mailbox (email) or by a page (url).",
            "Geben Sie an, wie die Stelle zu erreichen ist: über ein Funktionspostfach (email) oder eine Seite (url).");
    }

    private static bool IsReachable(Agent agent) =>
        agent.Email.Length > 0 || agent.Url.Length > 0 || agent.ContactPoint is { Email.Length: > 0 } or { ContactPage.Length: > 0 };

    private static void CheckContactPoint(string field, ContactPoint? contact, Violations violations)
    {
        if (contact is null)
        {
            return;
        }

        violations.Unless(
            contact.Email.Length > 0 || contact.ContactPage.Length > 0,
            field,
            "A contact point needs a mail address or a page.",
            "Eine Kontaktstelle braucht eine E-Mail-Adresse oder eine Seite.");
        violations.CheckMailbox($"{field}.email", contact.Email);
        violations.CheckWebAddress($"{field}.contact_page", contact.ContactPage);
        violations.CheckLine($"{field}.telephone", contact.Telephone, 100);
        violations.CheckIri($"{field}.iri", contact.Iri);
        CheckHours($"{field}.opening_hours", contact.OpeningHours, violations);
        CheckHours($"{field}.special_opening_hours", contact.SpecialOpeningHours, violations);
    }

    private static void CheckHours(string field, OpeningHours? hours, Violations violations)
    {
        if (hours is not null)
        {
            violations.Unless(
                !string.IsNullOrWhiteSpace(hours.Description),
                $"{field}.description",
                "Say in words when it is open, for example 'Monday to Friday, 9 to 17 o'clock'.",
                "Sagen Sie in Worten, wann geöffnet ist, zum Beispiel 'Montag bis Freitag, 9 bis 17 Uhr'.");
            violations.CheckLine($"{field}.description", hours.Description, 2_000);
            violations.CheckIri($"{field}.frequency", hours.Frequency);
            if (hours.Language.Length > 0)
            {
                violations.CheckLanguage($"{field}.language", hours.Language);
            }
        }
    }
}
