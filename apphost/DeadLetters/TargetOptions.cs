using System.CommandLine;
using Ecosystem.Messaging.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>Which service is asked, on whose behalf, and how the answer is written: the same for every verb.</summary>
internal sealed class TargetOptions(Func<ParseResult, string> stateDirectory)
{
    /// <summary>What was asked for has not happened; the reason is on standard error.</summary>
    public const int Refused = 1;

    /// <summary>The service could not be asked: not found, not reachable, or it does not take the token.</summary>
    public const int NotAsked = 2;

    private readonly Option<string?> _service = new("--service") { Description = "A service of the ecosystem on this machine, such as matching.", Recursive = true };
    private readonly Option<Uri?> _address = new("--address")
    {
        Description = "gRPC address of the service in any other deployment, such as http://localhost:8081.",
        Recursive = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                return address;
            result.AddError($"--address takes an http or https address, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = $"File with an access token of an operator; - reads standard input. Else the environment variable {OperatorToken.Variable}.",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line instead of a table.", Recursive = true };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _service, _address, _tokenFile, _json })
            command.Options.Add(option);
    }

    /// <summary>Runs a verb against the service that was named, and turns what goes wrong into a sentence and an exit code.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<DeadLetterDesk, Task<int>> verb, CancellationToken ct)
    {
        try
        {
            var place = ServicePlace.Find(parsed.GetValue(_service), parsed.GetValue(_address), stateDirectory(parsed));
            var token = await OperatorToken.FindAsync(parsed.GetValue(_tokenFile), place, ct);
            using var channel = GrpcChannel.ForAddress(place.Address);
            IDeadLetterOutput output = parsed.GetValue(_json) ? new JsonLines(Console.Out) : new PlainTable(Terminal.Open());
            return await verb(new DeadLetterDesk(new DeadLetterService.DeadLetterServiceClient(channel), token, output));
        }
        catch (RpcException refusal)
        {
            await Console.Error.WriteLineAsync(Sentence(refusal));
            return refusal.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.InvalidArgument ? Refused : NotAsked;
        }
        catch (InvalidOperationException notPossible)
        {
            await Console.Error.WriteLineAsync(notPossible.Message);
            return NotAsked;
        }
    }

    private static string Sentence(RpcException refusal) => refusal.StatusCode switch
    {
        StatusCode.Unauthenticated => $"The service does not know who asks: {refusal.Status.Detail} Give a token of an operator with --token-file or {OperatorToken.Variable}.",
        StatusCode.PermissionDenied => $"Only operators may do this: {refusal.Status.Detail}",
        StatusCode.Unavailable => $"The service does not answer: {refusal.Status.Detail}",
        StatusCode.Unimplemented => $"At this address is no service that applies events. Give the gRPC address of the service itself, not of the gateway. {refusal.Status.Detail}".TrimEnd(),
        _ => refusal.Status.Detail,
    };
}
