using System.Text.Json;

namespace Ecosystem.Odrl;

/// <summary>Writes the parts of a policy in the order in which the standard describes them.</summary>
internal sealed class PolicyWriter(Utf8JsonWriter json)
{
    private const string Anchor = "http://w3id.org/drk/ontology/anchor";

    public void Write(OdrlPolicy policy)
    {
        json.WriteStartObject();
        json.WriteString("@context", "http://www.w3.org/ns/odrl.jsonld");
        json.WriteString("@type", policy.Kind.ToString());
        json.WriteString("uid", policy.Uid);
        List("profile", policy.Profiles, json.WriteStringValue);
        List("inheritFrom", policy.InheritFrom, json.WriteStringValue);
        if (policy.Conflict is not ConflictStrategy.Invalid)
            json.WriteString("conflict", policy.Conflict is ConflictStrategy.Permission ? "perm" : "prohibit");
        List("permission", policy.Permissions, permission => Rule(permission, "duty", permission.Duties));
        List("prohibition", policy.Prohibitions, prohibition => Rule(prohibition, "remedy", prohibition.Remedies));
        List("obligation", policy.Obligations, Duty);
        json.WriteEndObject();
    }

    private void Duty(Duty duty) => Rule(duty, "consequence", duty.Consequences);

    private void Rule(Rule rule, string dutiesName, Sequence<Duty> duties)
    {
        json.WriteStartObject();
        Text("uid", rule.Uid);
        List("target", rule.Targets, target => Term(target, target.Iri));
        List("assigner", rule.Assigners, party => Term(party, party.Iri));
        List("assignee", rule.Assignees, party => Term(party, party.Iri));
        List("action", rule.Actions, action => Term(action, OdrlTerms.ShortName(action.Iri)));
        List("constraint", rule.Constraints, Condition);
        List(dutiesName, duties, Duty);
        json.WriteEndObject();
    }

    private void Term(RuleTerm term, string name)
    {
        if (term.Source is null && term.Refinements.Count == 0)
        {
            json.WriteStringValue(name);
            return;
        }

        json.WriteStartObject();
        json.WriteString("@id", name);
        Text("source", term.Source);
        List("refinement", term.Refinements, Condition);
        json.WriteEndObject();
    }

    private void Condition(Condition condition)
    {
        json.WriteStartObject();
        Text("uid", condition.Uid);
        if (condition is LogicalConstraint logical)
            List(ConditionReader.CamelCase(logical.Operator.ToString()), logical.Operands, Condition);
        else
            Comparison((Constraint)condition);
        json.WriteEndObject();
    }

    private void Comparison(Constraint constraint)
    {
        json.WriteString("leftOperand", OdrlTerms.ShortName(constraint.LeftOperand));
        json.WriteString("operator", ConditionReader.CamelCase(constraint.Operator.ToString()));
        Text("rightOperandReference", constraint.RightOperandReference);
        if (constraint.RightOperands is [var only])
            Value("rightOperand", only);
        else
            List("rightOperand", constraint.RightOperands, Value);
        Text("unit", constraint.Unit);
        if (constraint.Anchor is { } anchor)
            Value(Anchor, anchor);
    }

    private void Value(string name, OdrlValue value)
    {
        json.WritePropertyName(name);
        Value(value);
    }

    private void Value(OdrlValue value)
    {
        if (value is { IsIri: false, DataType: null })
        {
            json.WriteStringValue(value.Lexical);
            return;
        }

        json.WriteStartObject();
        json.WriteString(value.IsIri ? "@id" : "@value", value.Lexical);
        Text("@type", value.DataType);
        json.WriteEndObject();
    }

    private void List<T>(string name, Sequence<T> items, Action<T> write)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }

    private void Text(string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
