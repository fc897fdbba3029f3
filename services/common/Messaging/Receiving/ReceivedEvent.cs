using System.Diagnostics;
using Google.Protobuf;

namespace Ecosystem.Messaging;

/// <summary>A delivered event that this service applies.</summary>
internal sealed record ReceivedEvent(CloudEvent Envelope, IMessage Message, Subscription Subscription)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Whose events are applied one after the other. Events without a subject have nothing in common.</summary>
    public (string Source, string Subject) Order => Envelope.Subject.Length > 0 ? (Envelope.Key.Source, Envelope.Subject) : (Envelope.Key.Source, "id:" + Envelope.Key.Id);

    /// <exception cref="EnvelopeException">Its data is no such event.</exception>
    public static ReceivedEvent Read(CloudEvent envelope, Subscription subscription)
    {
        try
        {
            return new ReceivedEvent(envelope, Parser.Parse(envelope.Data, subscription.Event), subscription);
        }
        catch (Exception invalid) when (invalid is InvalidProtocolBufferException or InvalidJsonException)
        {
            // The parser puts what it could not read behind a colon; that may be personal and stays out of the log.
            throw new EnvelopeException($"its data is no such event. {invalid.Message.Split(':')[0]}", invalid);
        }
    }

    public Activity? StartSpan() => MessagingTelemetry.StartProcess(Envelope, EventTopics.Declared(Subscription.Event));
}
