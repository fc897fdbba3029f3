using Google.Protobuf;
using Grpc.Core;
using V1 = Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Ecosystem.Grpc.Reflection;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class ReflectionV1Service(ReflectionAnswers answers) : V1.ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<V1.ServerReflectionRequest> requestStream, IServerStreamWriter<V1.ServerReflectionResponse> responseStream, ServerCallContext context) =>
        answers.AnswerAsync(requestStream, question => question, responseStream.WriteAsync, context);
}

/// <summary><c>grpc.reflection.v1alpha.ServerReflection</c>, which most tools still ask; the same on the wire.</summary>
internal sealed class ReflectionV1AlphaService(ReflectionAnswers answers) : V1Alpha.ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<V1Alpha.ServerReflectionRequest> requestStream, IServerStreamWriter<V1Alpha.ServerReflectionResponse> responseStream, ServerCallContext context) =>
        answers.AnswerAsync(
            requestStream,
            question => V1.ServerReflectionRequest.Parser.ParseFrom(question.ToByteString()),
            answer => responseStream.WriteAsync(V1Alpha.ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString())),
            context);
}
