namespace Ecosystem.Bench.Grpc;

/// <summary>One case: a method of the interop contract under load.</summary>
/// <param name="Name"><c>area.case</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="Unit">What is counted per second.</param>
/// <param name="UnitsPerCall">How many of them a call has.</param>
/// <param name="Calls">The load.</param>
internal sealed record GrpcLoad(string Name, string Method, string Unit, int UnitsPerCall, Load Calls)
{
    public async Task<double> MeasureAsync(int port, TimeSpan time) =>
        UnitsPerCall * await Calls.MeasureAsync(new Uri($"http://127.0.0.1:{port}/grpc.testing.TestService/{Method}"), time);
}
