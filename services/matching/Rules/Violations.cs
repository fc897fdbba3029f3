using Ecosystem.Grpc;
using Google.Rpc;
using Grpc.Core;

namespace Ecosystem.Matching.Rules;

/// <summary>What is wrong with a request to matching.</summary>
/// <param name="message">The field of the request that is checked, such as <c>need</c>; empty for the request itself.</param>
internal sealed class Violations(string message = "") : FieldProblems(message)
{
    private readonly List<BadRequest.Types.FieldViolation> _found = [];

    /// <inheritdoc />
    public override void Add(string field, string english, string? german = null) => _found.Add(new BadRequest.Types.FieldViolation
    {
        Field = PathOf(field),
        Description = english,
        LocalizedMessage = german is null ? null : new LocalizedMessage { Locale = "de", Message = german },
    });

    /// <exception cref="RpcException">INVALID_ARGUMENT with everything that must be put right.</exception>
    public void ThrowIfAny(string sentence)
    {
        if (_found.Count > 0) throw RichStatus.Create(StatusCode.InvalidArgument, sentence, new BadRequest { FieldViolations = { _found } });
    }
}
