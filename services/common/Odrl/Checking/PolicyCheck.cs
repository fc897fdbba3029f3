namespace Ecosystem.Odrl;

/// <summary>Why a permission can never be used.</summary>
public enum FindingKind
{
    /// <summary>Its conditions contradict each other.</summary>
    Contradictory,

    /// <summary>A prohibition of the same policy covers it altogether.</summary>
    Overruled,

    /// <summary>It depends on something that nobody can observe where the decision is made.</summary>
    Undecidable,

    /// <summary>It names only actions that are in no vocabulary.</summary>
    UnknownAction,

    /// <summary>The policy conforms to a profile that is not known: what its terms mean is not, either (Information Model 2.2, section 4).</summary>
    UnknownProfile,

    /// <summary>The policy inherits rules that are not there, prohibitions perhaps among them.</summary>
    IncompleteInheritance,

    /// <summary>It is limited by a date without a time zone, which is another moment for each who reads it.</summary>
    DateWithoutZone,
}

/// <summary>A permission that can never be used.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Permission">The permission.</param>
/// <param name="Sentence">What is wrong, for people.</param>
public sealed record PolicyFinding(FindingKind Kind, Permission Permission, Sentence Sentence);

/// <summary>
/// Finds permissions that no use can ever meet. Better said to the holder when the terms are written than to the user when every single use
/// is refused.
/// </summary>
public static class PolicyCheck
{
    /// <summary>Checks the permissions of a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="decidable">The left operands whose values are known where decisions are made.</param>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>The first finding on each permission that has one, in the policy's order.</returns>
    public static Sequence<PolicyFinding> Of(OdrlPolicy policy, IReadOnlySet<string> decidable, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(decidable);
        if (OfTheWhole(policy) is { } whole)
            return policy.Permissions.Select(permission => new PolicyFinding(whole.Kind, permission, whole.Sentence)).ToSequence();
        return policy.Permissions.Select(permission => Of(policy, permission, decidable, vocabulary ?? OdrlVocabulary.Standard))
            .OfType<PolicyFinding>().ToSequence();
    }

    /// <summary>What is wrong with a policy as a whole, so that none of its rules can be relied on; null when nothing is.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The first problem found.</returns>
    public static (FindingKind Kind, Sentence Sentence)? OfTheWhole(OdrlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Profiles.FirstOrDefault(profile => !PolicyProfiles.Known.Contains(profile)) is { } unknown)
        {
            var known = string.Join(", ", PolicyProfiles.Known.Order(StringComparer.Ordinal));
            return (FindingKind.UnknownProfile, new($"Das Profil „{unknown}“ ist hier nicht bekannt; bekannt sind: {known}.", $"The profile '{unknown}' is not known here; known are: {known}."));
        }

        try
        {
            PolicyInheritance.Resolve(policy, _ => null);
        }
        catch (OdrlFormatException incomplete)
        {
            return (FindingKind.IncompleteInheritance, incomplete.Problem);
        }

        return WithoutZone(policy) is { } vague
            ? (FindingKind.DateWithoutZone, new(
                $"Dem Zeitpunkt „{vague}“ fehlt die Zeitzone; schreiben Sie zum Beispiel „{vague}Z“.", $"The moment '{vague}' has no time zone; write '{vague}Z', for example."))
            : null;
    }

    /// <summary>Whether a text is a date with a time of day and no time zone, so that it is another moment for each who reads it.</summary>
    /// <param name="lexical">The text.</param>
    public static bool IsTimeWithoutZone(string lexical) =>
        lexical is not null && lexical.Contains('T', StringComparison.Ordinal) && Instant.TryParse(lexical, out var instant) && !instant.HasZone;

    /// <summary>
    /// The first time of day without a zone, wherever it stands: a prohibition or the deadline of a duty is as vague by it as a permission. A date alone
    /// is meant as the day of whoever reads it, and the fourteen hours around it are refused; a time of day is meant exactly.
    /// </summary>
    private static string? WithoutZone(OdrlPolicy policy) =>
        PolicyWalk.RulesOf(policy).SelectMany(PolicyWalk.ConstraintsOf)
            .SelectMany(constraint => constraint.Anchor is { } anchor ? constraint.RightOperands.Append(anchor) : constraint.RightOperands, (constraint, value) => (constraint, value))
            .Where(found => found.constraint.LeftOperand == OdrlTerms.DateTime || found.value.DataType == OdrlTerms.Xsd + "dateTime" || found.value == found.constraint.Anchor)
            .Select(found => found.value.Lexical).FirstOrDefault(IsTimeWithoutZone);

    private static PolicyFinding? Of(OdrlPolicy policy, Permission permission, IReadOnlySet<string> decidable, OdrlVocabulary vocabulary)
    {
        if (permission.Actions.Count > 0 && !permission.Actions.Any(action => vocabulary.Actions.Knows(action.Iri)))
        {
            var names = string.Join(", ", permission.Actions.Select(action => action.Iri));
            return new(FindingKind.UnknownAction, permission, new($"Die Handlung ist nicht bekannt: {names}.", $"The action is not known: {names}."));
        }

        var satisfiability = new Satisfiability(vocabulary.Concepts);
        if (satisfiability.Of(permission.Constraints) is { Verdict: Verdict.Conflict } contradiction)
            return new(FindingKind.Contradictory, permission, contradiction.Reasons[0]);
        if (Overruling(policy, permission, satisfiability, vocabulary.Actions) is { } overruled)
            return overruled;
        return Unobservable(permission, decidable) is { Count: > 0 } missing
            ? new(FindingKind.Undecidable, permission, Sentence(missing))
            : null;
    }

    private static PolicyFinding? Overruling(OdrlPolicy policy, Permission permission, Satisfiability satisfiability, ActionHierarchy actions)
    {
        if (policy.Conflict is ConflictStrategy.Permission || permission.Actions.Count == 0)
            return null;
        bool Covers(Prohibition prohibition) => prohibition is { Targets.Count: 0, Assignees.Count: 0 }
            && (prohibition.Actions.Count == 0 || permission.Actions.All(action => prohibition.Actions.Any(candidate => candidate.Refinements.Count == 0 && actions.Includes(candidate.Iri, action.Iri))));
        var rest = policy.Prohibitions.Where(Covers)
            .Select(prohibition => (Condition)new Negation(new LogicalConstraint(LogicalOperator.And, prohibition.Constraints))).ToList();
        return rest.Count > 0 && satisfiability.Of([.. permission.Constraints, .. rest]).Verdict is Verdict.Conflict
            ? new(FindingKind.Overruled, permission, new("Ein Verbot derselben Richtlinie nimmt alles zurück, was hier erlaubt ist.", "A prohibition of the same policy takes back all that is permitted here."))
            : null;
    }

    /// <summary>The left operands without which no alternative of the conditions can be decided; empty when one can.</summary>
    private static Sequence<string> Unobservable(Permission permission, IReadOnlySet<string> decidable)
    {
        Sequence<Condition> refinements = [.. Refinements(permission.Actions), .. Refinements(permission.Assignees), .. Refinements(permission.Targets)];
        if (NormalForm.Of(new LogicalConstraint(LogicalOperator.And, [.. permission.Constraints, .. refinements])) is not { } alternatives)
            return [];
        var missing = alternatives.Select(alternative => alternative
            .Where(atom => !decidable.Contains(atom.LeftOperand) || atom.Constraint.RightOperandReference is not null)
            .Select(atom => atom.LeftOperand).Distinct(StringComparer.Ordinal).ToSequence()).ToList();
        return missing.MinBy(operands => operands.Count) ?? [];
    }

    // Terms without refinements need nothing to be observed, and one of them is enough.
    private static Sequence<Condition> Refinements(Sequence<RuleTerm> terms) =>
        terms.Count > 0 && terms.All(term => term.Refinements.Count > 0) ? terms[0].Refinements : [];

    private static Sentence Sentence(Sequence<string> operands)
    {
        var labels = operands.Select(Labels.OfLeftOperand).ToList();
        return new(
            $"Die Erlaubnis hängt von etwas ab, das hier niemand feststellen kann: {string.Join(", ", labels.Select(label => label.German))}.",
            $"The permission depends on what nobody can observe here: {string.Join(", ", labels.Select(label => label.English))}.");
    }
}
