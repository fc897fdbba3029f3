using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;

namespace Aspire.Hosting;

/// <summary>The part of CommunityToolkit.Aspire.Hosting.Dapr that the topology uses.</summary>
internal static class DaprBuilderExtensions
{
    public static IResourceBuilder<IDaprComponentResource> AddDaprPubSub(
        this IDistributedApplicationBuilder builder, string name, DaprComponentOptions? options = null) =>
        builder.AddDaprComponent(name, "pubsub", options);

    public static IResourceBuilder<IDaprComponentResource> AddDaprComponent(
        this IDistributedApplicationBuilder builder, string name, string type, DaprComponentOptions? options = null) =>
        builder.AddResource(new DaprComponentResource(name, type) { Options = options });

    public static IResourceBuilder<IDaprComponentResource> WithMetadata(this IResourceBuilder<IDaprComponentResource> builder, string name, string value) =>
        builder.WithAnnotation(new DaprComponentMetadataAnnotation(name, new ReferenceExpression(() => value)));

    public static IResourceBuilder<IDaprComponentResource> WithMetadata(
        this IResourceBuilder<IDaprComponentResource> builder, string name, ReferenceExpression value) =>
        builder.WithAnnotation(new DaprComponentMetadataAnnotation(name, value));

    public static IResourceBuilder<T> WithDaprSidecar<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<IDaprSidecarResource>> configureSidecar)
        where T : IResource
    {
        var sidecar = builder.ApplicationBuilder.AddResource(new DaprSidecarResource($"{builder.Resource.Name}-dapr"));
        configureSidecar(sidecar);
        return builder.WithAnnotation(new DaprSidecarAnnotation(sidecar.Resource));
    }

    public static IResourceBuilder<IDaprSidecarResource> WithOptions(this IResourceBuilder<IDaprSidecarResource> builder, DaprSidecarOptions options) =>
        builder.WithAnnotation(new DaprSidecarOptionsAnnotation(options));

    public static IResourceBuilder<IDaprSidecarResource> WithReference(
        this IResourceBuilder<IDaprSidecarResource> builder, IResourceBuilder<IDaprComponentResource> component) =>
        builder.WithAnnotation(new DaprComponentReferenceAnnotation(component.Resource));
}
