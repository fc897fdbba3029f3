using Ecosystem.Grpc;
using Grpc.Core;
using Google.Rpc;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StatusCode = Grpc.Core.StatusCode;

namespace Ecosystem.Policy.Ledger;

/// <summary>Whether the log is as it was written. Once damage is seen, nothing is appended any more: it would be hidden under good entries.</summary>
internal sealed class LedgerHealth : IHealthCheck
{
    private volatile string? _damage;

    public string? Damage => _damage;

    public RpcException Report(string damage, long index)
    {
        _damage ??= damage;
        return Refusal(damage, index);
    }

    public void DemandIntact()
    {
        if (_damage is { } damage)
            throw Refusal(damage, index: null);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_damage is { } damage ? HealthCheckResult.Unhealthy(damage) : HealthCheckResult.Healthy());

    private static RpcException Refusal(string damage, long? index)
    {
        var info = new ErrorInfo { Reason = "LEDGER_DAMAGED", Domain = RichStatus.Domain };
        if (index is { } known)
            info.Metadata["index"] = known.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return RichStatus.Create(StatusCode.DataLoss, $"The ledger is not as it was written: {damage}", info);
    }
}
