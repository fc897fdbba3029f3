using System.Globalization;
using Ecosystem.Odrl;

namespace Ecosystem.Catalog.Offers;

/// <summary>Terms that nobody could ever meet are refused when they are attached, not when an agreement fails over them.</summary>
internal static class OfferTerms
{
    /// <returns>Where and why nobody could meet the terms; nothing when they can be met.</returns>
    public static IEnumerable<(string Place, string Problem)> Impossibilities(OdrlPolicy policy, DateTimeOffset now)
    {
        if (policy.Kind != PolicyKind.Offer)
        {
            yield return ("@type", $"The policy must be an Offer, it is {(policy.Kind == PolicyKind.Agreement ? "an" : "a")} {policy.Kind}.");
        }

        if (PolicyCheck.OfTheWhole(policy) is { } whole)
        {
            yield return (
                whole.Kind switch { FindingKind.UnknownProfile => "profile", FindingKind.DateWithoutZone => "dateTime", _ => "inheritFrom" }, whole.Sentence.English);
        }

        if (policy.Permissions.Count == 0)
        {
            yield return ("permission", "The offer permits nothing, so nobody could agree to it. State at least one permission.");
        }

        for (int i = 0; i < policy.Permissions.Count; i++)
        {
            Permission permission = policy.Permissions[i];
            foreach (string problem in Contradictions(permission.Constraints, now))
            {
                yield return ($"permission[{i}].constraint", problem);
            }

            if (policy.Conflict != ConflictStrategy.Permission && policy.Prohibitions.Any(p => ForbidsAlways(p, permission)))
            {
                yield return (
                    $"permission[{i}]",
                    "A prohibition without conditions forbids what this permission allows. Narrow the prohibition, or set the conflict strategy to 'perm'.");
            }
        }
    }

    private static bool ForbidsAlways(Prohibition prohibition, Permission permission) =>
        prohibition.Constraints.Count == 0
        && prohibition.Assignees.Count == 0
        && (prohibition.Targets.Count == 0 || permission.Targets.All(t => prohibition.Targets.Any(f => f.Iri == t.Iri && f.Refinements.Count == 0)))
        && (prohibition.Actions.Count == 0
            || (permission.Actions.Count > 0 && permission.Actions.All(a => prohibition.Actions.Any(f => f.Refinements.Count == 0 && OdrlVocabulary.Standard.Actions.Includes(f.Iri, a.Iri)))));

    private static IEnumerable<string> Contradictions(IReadOnlyList<Condition> conditions, DateTimeOffset now)
    {
        foreach (IGrouping<string, Constraint> operand in conditions.OfType<Constraint>().GroupBy(c => c.LeftOperand))
        {
            string name = OdrlTerms.ShortName(operand.Key);
            string[] wanted = [.. operand.Where(c => c.Operator == ComparisonOperator.Eq && c.RightOperands.Count == 1).Select(c => c.RightOperands[0].Lexical).Distinct()];
            if (wanted.Length > 1)
            {
                yield return $"'{name}' cannot be {string.Join(" and ", wanted.Select(w => $"'{w}'"))} at the same time. Use isAnyOf where one of several is enough.";
            }

            (double lower, double upper) = Bounds(operand);
            if (lower > upper)
            {
                yield return $"No value of '{name}' meets all conditions: the lower limit is above the upper one.";
            }
            else if (operand.Key == OdrlTerms.DateTime && upper < Scale(now))
            {
                yield return "The permission has already ended.";
            }
            else if (operand.Key == OdrlTerms.Count && upper < 1)
            {
                yield return "The permission allows fewer than one use.";
            }
        }
    }

    /// <summary>The narrowest closed range; strictness at the ends is left out, since a range of one point can be meant.</summary>
    private static (double Lower, double Upper) Bounds(IEnumerable<Constraint> constraints)
    {
        (double lower, double upper) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (Constraint c in constraints.Where(c => c.RightOperands.Count == 1))
        {
            if (Scale(c.RightOperands[0].Lexical) is not { } value)
            {
                continue;
            }

            switch (c.Operator)
            {
                case ComparisonOperator.Gt or ComparisonOperator.Gteq:
                    lower = Math.Max(lower, value);
                    break;
                case ComparisonOperator.Lt or ComparisonOperator.Lteq:
                    upper = Math.Min(upper, value);
                    break;
                case ComparisonOperator.Eq:
                    (lower, upper) = (Math.Max(lower, value), Math.Min(upper, value));
                    break;
            }
        }

        return (lower, upper);
    }

    /// <summary>Numbers as they are, dates and instants in seconds; null for what has no order.</summary>
    private static double? Scale(string lexical)
    {
        if (double.TryParse(lexical, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return number;
        }

        return DateTimeOffset.TryParse(lexical, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant) ? Scale(instant) : null;
    }

    private static double Scale(DateTimeOffset instant) => instant.ToUnixTimeSeconds();
}
