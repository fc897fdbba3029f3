using Grpc.Core;

namespace Ecosystem.AppHost.Demo;

/// <summary>
/// Facts reach other services as events, a moment after the answer. This asks again until the news has arrived, and gives
/// up after half a minute with the last answer.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> arrived, TimeProvider time, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                var answer = await ask();
                if (arrived(answer) || time.GetElapsedTime(start) > Limit)
                {
                    return answer;
                }
            }
            catch (RpcException notYet) when (notYet.StatusCode == StatusCode.NotFound && time.GetElapsedTime(start) < Limit)
            {
                // The event is still on its way.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }
    }
}
