using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc;

/// <summary>
/// A service that this process offers although another one implements it, because calls to it are passed on (a gateway). Register one per
/// service as a singleton: reflection then lists it, and <c>grpc.health.v1.Health</c> answers for it.
/// </summary>
/// <param name="Service">The service in its contract.</param>
/// <param name="HealthCheck">The name of the health check that tells how its implementation is; it is serving only while that is healthy.</param>
public sealed record PassedOnService(ServiceDescriptor Service, string HealthCheck);
