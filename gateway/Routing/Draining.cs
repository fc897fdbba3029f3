using Yarp.ReverseProxy.Transforms.Builder;

namespace Ecosystem.Gateway.Routing;

/// <summary>Notices what a stopping service says of itself in its answers, and keeps it from the caller: to him the door is open.</summary>
internal static class Draining
{
    private const string Header = "x-draining";

    public static void KeepFromCallers(TransformBuilderContext transforms) => transforms.ResponseTransforms.Add(new Noticing());

    public static bool IsTold(HttpContext context) => context.Features.Get<Noticed>() is not null;

    private sealed class Noticed
    {
        public static readonly Noticed Instance = new();
    }

    private sealed class Noticing : Yarp.ReverseProxy.Transforms.ResponseTransform
    {
        public override ValueTask ApplyAsync(Yarp.ReverseProxy.Transforms.ResponseTransformContext context)
        {
            if (context.ProxyResponse?.Headers.NonValidated.Contains(Header) == true)
            {
                context.HttpContext.Features.Set(Noticed.Instance);
                context.HttpContext.Response.Headers.Remove(Header);
            }

            return default;
        }
    }
}
