using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Ecosystem.Grpc.Tests.Tooling;

public sealed class ReflectionTests : IAsyncLifetime
{
    private EchoServer _server = null!;

    public async Task InitializeAsync() => _server = await EchoServer.StartAsync(
        services: s => s.AddGrpcReflection(),
        map: app =>
        {
            app.MapGrpcService<LibraryService>();
            app.MapGrpcReflectionService();
        });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task All_services_are_listed()
    {
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "" });

        Assert.Equal(
            ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "testing.v1.Echo", "testing.v1.Library"],
            answer.ListServicesResponse.Service.Select(s => s.Name));
    }

    [Fact]
    public async Task The_older_version_answers_the_same()
    {
        var client = new V1Alpha.ServerReflection.ServerReflectionClient(_server.Channel());
        using var call = client.ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new V1Alpha.ServerReflectionRequest { Host = "h", ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext());

        Assert.Equal(4, call.ResponseStream.Current.ListServicesResponse.Service.Count);
        Assert.Equal("h", call.ResponseStream.Current.ValidHost);
    }

    [Theory]
    [InlineData("testing.v1.Library")]
    [InlineData("testing.v1.Library.GetBook")]
    [InlineData("testing.v1.Book")]
    [InlineData("testing.v1.Book.title")]
    [InlineData("testing.v1.Kind")]
    [InlineData("testing.v1.Everything.choice")]
    public async Task A_symbol_leads_to_its_file_and_all_it_imports(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        var files = answer.FileDescriptorResponse.FileDescriptorProto.Select(f => FileDescriptorProto.Parser.ParseFrom(f)).ToArray();
        Assert.Equal("testing/library.proto", files[0].Name);
        var names = files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(files, f => Assert.Superset(f.Dependency.ToHashSet(StringComparer.Ordinal), names));
    }

    [Fact]
    public async Task The_files_can_be_built_by_a_stranger()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "testing.v1.Library" });
        var left = answer.FileDescriptorResponse.FileDescriptorProto.ToList();
        var inOrder = new List<Google.Protobuf.ByteString>();
        var built = new HashSet<string>(StringComparer.Ordinal);
        while (left.Find(f => FileDescriptorProto.Parser.ParseFrom(f).Dependency.All(built.Contains)) is { } next)
        {
            left.Remove(next);
            inOrder.Add(next);
            built.Add(FileDescriptorProto.Parser.ParseFrom(next).Name);
        }

        Assert.Empty(left);
        Assert.Equal("testing/library.proto", FileDescriptor.BuildFromByteStrings(inOrder)[^1].Name);
    }

    [Fact]
    public async Task An_extension_leads_to_its_file()
    {
        var answer = await AskAsync(new ServerReflectionRequest
        {
            FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = 72295728 },
        });

        Assert.Equal(
            "google/api/annotations.proto", FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]).Name);
    }

    [Fact]
    public async Task The_extensions_of_a_message_are_listed()
    {
        var answer = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.MethodOptions" });

        Assert.Contains(72295728, answer.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task What_is_not_declared_is_not_found_and_the_next_question_is_answered()
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileByFilename = "nowhere.proto" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal((int)StatusCode.NotFound, call.ResponseStream.Current.ErrorResponse.ErrorCode);

        await call.RequestStream.WriteAsync(new ServerReflectionRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal((int)StatusCode.InvalidArgument, call.ResponseStream.Current.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task An_idle_caller_does_not_hold_up_a_shutdown()
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext());

        var stopping = _server.StopAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await stopping;
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest question)
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(question);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        var answer = call.ResponseStream.Current;
        Assert.False(await call.ResponseStream.MoveNext());
        return answer;
    }
}
