using Ecosystem.Grpc;
using Google.Rpc;
using Grpc.Core;

namespace Ecosystem.Matching.Rules;

/// <summary>Collects everything that is wrong with a request, so that its author hears it all at once, in English and in German.</summary>
/// <param name="message">The field of the request that is checked, such as <c>need</c>; empty for the request itself.</param>
internal sealed class Violations(string message = "")
{
    private readonly List<BadRequest.Types.FieldViolation> _found = [];

    public void Add(string field, string english, string german) => _found.Add(new BadRequest.Types.FieldViolation
    {
        Field = message.Length == 0 ? field : $"{message}.{field}",
        Description = english,
        LocalizedMessage = new LocalizedMessage { Locale = "de", Message = german },
    });

    public void Unless(bool holds, string field, string english, string german)
    {
        if (!holds) Add(field, english, german);
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT with everything that must be put right.</exception>
    public void ThrowIfAny(string sentence)
    {
        if (_found.Count > 0) throw RichStatus.Create(StatusCode.InvalidArgument, sentence, new BadRequest { FieldViolations = { _found } });
    }
}
