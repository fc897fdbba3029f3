using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecosystem.Grpc;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.OpenApi;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves the description of the REST doors.</summary>
public static class OpenApiExtensions
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Serves OpenAPI 3.1 at <c>/openapi.json</c>, for all mapped services or for those given.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="title">The name of the API.</param>
    /// <param name="services">The services described; null is every service mapped here, or passed on to another process, when first asked.</param>
    public static IEndpointConventionBuilder MapOpenApiDocument(this IEndpointRouteBuilder endpoints, string title, IEnumerable<ProtoService>? services = null)
    {
        var document = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(
            OpenApiDocument.Build(title, services ?? Mapped(endpoints), VersionOf(Assembly.GetEntryAssembly())), Json));
        return endpoints.MapGet("/openapi.json", async (HttpContext context) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-cache";
            await context.Response.BodyWriter.WriteAsync(document.Value, context.RequestAborted);
        });
    }

    private static IEnumerable<ProtoService> Mapped(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetRequiredService<EndpointDataSource>().Endpoints
        .Select(e => e.Metadata.GetMetadata<GrpcMethodMetadata>())
        .OfType<GrpcMethodMetadata>()
        .Select(m => ServiceDescriptors.Of(m.ServiceType))
        .OfType<ProtoService>()
        .Concat(endpoints.ServiceProvider.GetServices<PassedOnService>().Select(s => s.Service))
        .Distinct();

    private static string VersionOf(Assembly? assembly) => assembly?.GetName().Version?.ToString(3) ?? "1.0.0";
}
