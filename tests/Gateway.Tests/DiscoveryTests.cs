using Ecosystem.Contracts;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Ecosystem.Gateway.Tests;

public sealed class DiscoveryTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync();
        _channel = GrpcChannel.ForAddress(_gateway.Grpc.BaseAddress!);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Reflection_at_the_gateway_lists_the_services_of_the_whole_ecosystem()
    {
        using var call = new ServerReflection.ServerReflectionClient(_channel).ServerReflectionInfo();
        var services = (await AskAsync(call, new ServerReflectionRequest { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name);
        Assert.Equal(
            ContractFiles.Public.Select(service => service.FullName).Order(StringComparer.Ordinal),
            services.Where(service => service.StartsWith("ecosystem.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        var file = await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = "ecosystem.catalog.v1.DataAssetService" });
        Assert.NotEmpty(file.FileDescriptorResponse.FileDescriptorProto);
    }

    [Fact]
    public async Task Tools_that_speak_v1alpha_see_the_same()
    {
        using var call = new V1Alpha.ServerReflection.ServerReflectionClient(_channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new V1Alpha.ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Contains(call.ResponseStream.Current.ListServicesResponse.Service, service => service.Name == "ecosystem.policy.v1.AgreementService");
    }

    [Theory]
    [InlineData("", HealthCheckResponse.Types.ServingStatus.Serving)]
    [InlineData("ecosystem.catalog.v1.DataAssetService", HealthCheckResponse.Types.ServingStatus.Serving)]
    [InlineData("ecosystem.policy.v1.AgreementService", HealthCheckResponse.Types.ServingStatus.NotServing)]
    public async Task Health_at_the_gateway_answers_for_each_service(string service, HealthCheckResponse.Types.ServingStatus expected)
    {
        var answer = await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest { Service = service });
        Assert.Equal(expected, answer.Status);
    }

    private static async Task<ServerReflectionResponse> AskAsync(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest question)
    {
        await call.RequestStream.WriteAsync(question);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
