using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Kind = Ecosystem.Catalog.V1.ResourceChange.Types.Kind;

namespace Ecosystem.Catalog.History;

/// <summary>What was done, for the history.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who did it; null when the catalogue did it by itself.</param>
/// <param name="Reason">Why; null when none was given.</param>
internal sealed record Deed(Kind Kind, Caller? By, LocalizedText? Reason = null);
