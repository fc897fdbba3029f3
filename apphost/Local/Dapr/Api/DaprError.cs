namespace Ecosystem.AppHost.Local.Dapr.Api;

/// <summary>The body of Dapr's errors: <c>{"errorCode": "...", "message": "..."}</c>.</summary>
internal sealed record DaprError(string ErrorCode, string Message)
{
    public IResult As(int status) => Results.Json(this, statusCode: status);

    public static IResult PubSubNotFound(string name) => new DaprError("ERR_PUBSUB_NOT_FOUND", $"pubsub {name} is not found").As(StatusCodes.Status404NotFound);

    public static IResult Forbidden(string topic, string appId) =>
        new DaprError("ERR_PUBSUB_FORBIDDEN", $"topic {topic} is not allowed for app id {appId}").As(StatusCodes.Status403Forbidden);

    public static IResult NotPublished(string topic, string pubSub, string reason) =>
        new DaprError("ERR_PUBSUB_PUBLISH_MESSAGE", $"error when publishing to topic {topic} in pubsub {pubSub}: {reason}").As(StatusCodes.Status500InternalServerError);

    public static IResult NotReadable(string topic, string pubSub, string reason) =>
        new DaprError("ERR_PUBSUB_EVENTS_SER", $"error when unmarshaling the request for topic {topic} pubsub {pubSub}: {reason}").As(StatusCodes.Status400BadRequest);

    public static IResult NoCloudEvent(string reason) =>
        new DaprError("ERR_PUBSUB_CLOUD_EVENTS_SER", $"cannot create cloudevent: {reason}").As(StatusCodes.Status500InternalServerError);
}
