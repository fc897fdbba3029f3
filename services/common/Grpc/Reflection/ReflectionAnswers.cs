using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Hosting;
using static Grpc.Reflection.V1.ServerReflectionRequest;

namespace Ecosystem.Grpc.Reflection;

/// <summary>Answers questions about what this process offers.</summary>
internal sealed class ReflectionAnswers(SymbolIndex index, IHostApplicationLifetime host)
{
    /// <summary>Answers a stream of questions until the caller ends it, or the host stops: an idle caller must not hold up a shutdown.</summary>
    public async Task AnswerAsync<TRequest>(
        IAsyncStreamReader<TRequest> questions, Func<TRequest, ServerReflectionRequest> read, Func<ServerReflectionResponse, Task> write, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, host.ApplicationStopping);
        try
        {
            while (await questions.MoveNext(ending.Token))
            {
                await write(Answer(read(questions.Current)));
            }
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
        }
    }

    public ServerReflectionResponse Answer(ServerReflectionRequest question)
    {
        var answer = new ServerReflectionResponse { ValidHost = question.Host, OriginalRequest = question };
        switch (question.MessageRequestCase)
        {
            case MessageRequestOneofCase.ListServices:
                answer.ListServicesResponse = new ListServiceResponse { Service = { index.Services.Select(s => new ServiceResponse { Name = s }) } };
                break;
            case MessageRequestOneofCase.FileByFilename:
                Give(answer, index.File(question.FileByFilename), question.FileByFilename);
                break;
            case MessageRequestOneofCase.FileContainingSymbol:
                Give(answer, index.FileOf(question.FileContainingSymbol), question.FileContainingSymbol);
                break;
            case MessageRequestOneofCase.FileContainingExtension:
                var (type, number) = (question.FileContainingExtension.ContainingType, question.FileContainingExtension.ExtensionNumber);
                Give(answer, index.FileOfExtension(type, number), $"extension {number} of {type}");
                break;
            case MessageRequestOneofCase.AllExtensionNumbersOfType when index.IsMessage(question.AllExtensionNumbersOfType):
                answer.AllExtensionNumbersResponse = new ExtensionNumberResponse
                {
                    BaseTypeName = question.AllExtensionNumbersOfType,
                    ExtensionNumber = { index.Extensions(question.AllExtensionNumbersOfType) },
                };
                break;
            case MessageRequestOneofCase.AllExtensionNumbersOfType:
                answer.ErrorResponse = Error(StatusCode.NotFound, $"'{question.AllExtensionNumbersOfType}' is not declared here.");
                break;
            default:
                answer.ErrorResponse = Error(StatusCode.InvalidArgument, "The request asks nothing that is known here.");
                break;
        }

        return answer;
    }

    private static void Give(ServerReflectionResponse answer, FileDescriptor? file, string name)
    {
        if (file is null)
        {
            answer.ErrorResponse = Error(StatusCode.NotFound, $"'{name}' is not declared here.");
            return;
        }

        answer.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { SymbolIndex.WithImports(file).Select(f => f.SerializedData) } };
    }

    private static ErrorResponse Error(StatusCode code, string sentence) => new() { ErrorCode = (int)code, ErrorMessage = sentence };
}
