using System.Text;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>Events of one topic that travel together.</summary>
internal sealed record PublishRequest(string Topic, List<OutboxClaim> Claims)
{
    private const int EnvelopeSize = 1024; // what the attributes around the data take, generously

    /// <summary>Cuts a wave into requests of one topic each and of at most <paramref name="largest"/> bytes, or of one event.</summary>
    public static IEnumerable<PublishRequest> Of(List<OutboxClaim> wave, int largest)
    {
        foreach (var topic in wave.GroupBy(claim => claim.Event.Topic, StringComparer.Ordinal))
        {
            var request = new PublishRequest(topic.Key, []);
            var size = 0L;
            foreach (var claim in topic)
            {
                var bytes = EnvelopeSize + Encoding.UTF8.GetByteCount(claim.Event.Data);
                if (size + bytes > largest && request.Claims.Count > 0)
                {
                    yield return request;
                    (request, size) = (new PublishRequest(topic.Key, []), 0);
                }

                request.Claims.Add(claim);
                size += bytes;
            }

            yield return request;
        }
    }
}
