using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.AppHost.Local.Dapr.Broker;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>A message with what a delivery has to know of it.</summary>
/// <param name="Event">The envelope; null when the payload is none.</param>
/// <param name="Path">Where the app wants it; null when no rule fits.</param>
internal sealed record Letter(BrokerMessage Message, JsonObject? Event, string? Path)
{
    /// <summary>Messages of one lane are delivered one after the other: those about one subject, and those that name none.</summary>
    public string Lane { get; } = Event?["subject"]?.ToString() ?? "";

    public string EntryId => Message.Sequence.ToString(CultureInfo.InvariantCulture);
}
