using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using static Ecosystem.Catalog.V1.PublicationState;

namespace Ecosystem.Catalog.DataAssets.Life;

/// <summary>Who may bring an asset from one state into another.</summary>
[Flags]
internal enum By
{
    /// <summary>Nobody who is concerned.</summary>
    Nobody = 0,

    /// <summary>The organisation that keeps the data.</summary>
    Holder = 1,

    /// <summary>Editors, who look at what is handed in.</summary>
    Editor = 2,

    /// <summary>Operators of the platform.</summary>
    Operator = 4,
}

/// <summary>One way from a state to another.</summary>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Who">Who may go this way.</param>
/// <param name="WhoOwesAReason">For whom it matters to others why: they must say so.</param>
internal sealed record Transition(PublicationState From, PublicationState To, By Who, By WhoOwesAReason = By.Nobody)
{
    private const By Everybody = By.Holder | By.Editor | By.Operator;

    /// <summary>Every way there is. What is withdrawn stays withdrawn, because others were told so.</summary>
    public static readonly IReadOnlyList<Transition> All =
    [
        new(Draft, Review, By.Holder),
        new(Draft, Published, By.Holder | By.Operator),
        new(Review, Draft, Everybody, WhoOwesAReason: By.Editor | By.Operator),
        new(Review, Published, By.Editor | By.Operator),
        new(Published, Deprecated, By.Holder | By.Operator, WhoOwesAReason: By.Holder | By.Operator),
        new(Deprecated, Published, By.Holder | By.Operator),
        new(Published, Withdrawn, By.Holder | By.Operator, WhoOwesAReason: By.Holder | By.Operator),
        new(Deprecated, Withdrawn, By.Holder | By.Operator, WhoOwesAReason: By.Holder | By.Operator),
    ];

    public static Transition? Find(PublicationState from, PublicationState to) => All.FirstOrDefault(t => t.From == from && t.To == to);

    /// <summary>As whom a caller acts on an asset; nothing for strangers.</summary>
    public static By RoleOf(Caller caller, string holder) =>
        (caller.Organisation.Length > 0 && caller.Organisation == holder ? By.Holder : By.Nobody)
        | (caller.IsEditor() ? By.Editor : By.Nobody)
        | (caller.IsOperator() ? By.Operator : By.Nobody);

    /// <summary>Whoever may act as the holder owes no reason for what is the holder's own business.</summary>
    public bool OwesReason(By role) => (Who & role & ~WhoOwesAReason) == By.Nobody;
}
