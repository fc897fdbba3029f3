using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Ecosystem.Gateway.Routing;

/// <summary>
/// Leaves out a copy of a service from the first request that it did not answer, or answered with the remark that it is stopping. It is tried
/// again after the cluster's reactivation period, or as soon as it is the only one.
/// </summary>
internal sealed class FirstFailure(IDestinationHealthUpdater updater) : IPassiveHealthCheckPolicy
{
    private static readonly TimeSpan Reactivation = TimeSpan.FromSeconds(5);

    public string Name => "FirstFailure";

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        var failed = context.GetForwarderErrorFeature()?.Error is ForwarderError.Request or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination;
        if (failed || Draining.IsTold(context))
            updater.SetPassive(cluster, destination, DestinationHealth.Unhealthy, cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? Reactivation);
    }
}
