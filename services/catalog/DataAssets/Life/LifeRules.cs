using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;

namespace Ecosystem.Catalog.DataAssets.Life;

/// <summary>How assets live in this region (section <c>Catalog:Life</c>).</summary>
internal sealed class LifeOptions
{
    public const string Section = "Catalog:Life";

    /// <summary>Whether editors look at every asset before it is published.</summary>
    public bool ReviewRequired { get; init; }

    /// <summary>After how long a holder must check its description again; EHDS Art. 60 (3) allows a year at most.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromDays(365);
}

internal static class LifeRules
{
    /// <summary>Where the region demands a review, nobody but editors and operators publishes a draft.</summary>
    public static void RefuseWithoutReview(LifeOptions options, PublicationState from, PublicationState to, By role)
    {
        if (options.ReviewRequired
            && from == PublicationState.Draft
            && to == PublicationState.Published
            && (role & (By.Editor | By.Operator)) == By.Nobody)
        {
            throw RichStatus.FailedPrecondition(
                "REVIEW_REQUIRED",
                "In this region editors look at an asset before it is published. Hand it in: bring it into PUBLICATION_STATE_REVIEW.");
        }
    }

    public static void CheckBeginning(PublicationState state, Violations violations) =>
        violations.Unless(
            state is PublicationState.Draft or PublicationState.Review or PublicationState.Published,
            "state",
            "A new asset is a draft, in review or published.",
            "Ein neuer Datenbestand ist Entwurf, in Prüfung oder veröffentlicht.");

    /// <summary>An update may publish a draft; all other steps have a method of their own, because they need a reason or somebody else.</summary>
    public static void CheckUpdate(PublicationState before, PublicationState after, Violations violations) =>
        violations.Unless(
            before == after || (before == PublicationState.Draft && after == PublicationState.Published),
            "state",
            "An update only publishes a draft. For other states use TransitionDataAsset; what is published never becomes a draft again, because others may rely on it.",
            "Eine Änderung veröffentlicht nur einen Entwurf. Für andere Zustände gibt es TransitionDataAsset; Veröffentlichtes wird nie wieder Entwurf, weil andere sich darauf verlassen.");

    /// <summary>Others rely on it.</summary>
    public static bool IsPublic(PublicationState state) => state is PublicationState.Published or PublicationState.Deprecated;

    /// <summary>Only its holder and those who look after the catalogue know of it.</summary>
    public static bool IsHidden(PublicationState state) => state is PublicationState.Draft or PublicationState.Review;
}
