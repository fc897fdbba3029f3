namespace Ecosystem.Storage;

/// <summary>An event on its way out, captured when it was published.</summary>
/// <param name="Id">CloudEvents <c>id</c>, UUID version 7.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Type">Full proto name.</param>
/// <param name="Subject">The aggregate; order is kept per topic and subject.</param>
/// <param name="Data">proto3 JSON.</param>
/// <param name="Time">When it was published.</param>
/// <param name="TraceParent">W3C trace context of the publisher.</param>
/// <param name="TraceState">W3C trace context of the publisher.</param>
internal sealed record OutboxEvent(
    string Id, string Topic, string Type, string Subject, string Data, DateTimeOffset Time, string? TraceParent, string? TraceState);
