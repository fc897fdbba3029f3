namespace Ecosystem.Policy.Information;

/// <summary>How sources of information are reached: the section <c>Information</c>.</summary>
internal sealed class InformationOptions
{
    public const string Section = "Information";

    /// <summary>Whether sources may lie in private networks or on this machine, and be asked without TLS: only where every holder is trusted with that.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
