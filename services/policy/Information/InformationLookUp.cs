using System.Collections.Concurrent;
using Ecosystem.Odrl;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Outgoing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Health = Ecosystem.Policy.V1.InformationSource.Types.Health;

namespace Ecosystem.Policy.Information;

/// <summary>Asks sources and remembers what they answered, within bounds. A source that is silent, late or not understood has told nothing.</summary>
internal sealed partial class InformationLookUp(SourceLink link, PolicyMeter meter, TimeProvider time, ILogger<InformationLookUp> log)
{
    // More questions at the same time wait, and their waiting counts as the source's.
    private const int MostAtOnce = 16;

    private const int MostKnown = 20;
    private const int MostValues = 100;
    private const int LongestValue = 500;

    /// <summary>For how long a source that failed is left alone with the same question.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Known> _sources = new(StringComparer.Ordinal);

    public async Task<SourceAnswer> AskAsync(InformationSource source, LookUpRequest question, CancellationToken ct)
    {
        var known = _sources.GetOrAdd(source.Id, static (_, made) => new(new(made.source.MostRemembered, made.time)), (source, time));
        var (answer, isRemembered) = known.Answers.Get(question, () => AskAsync(source, question, known));
        if (isRemembered)
            meter.LookedUp(source.Title, "remembered");
        meter.Remember(_sources.Values.Sum(each => each.Answers.Count));
        return await answer.WaitAsync(ct);
    }

    /// <summary>How the source fared when it was asked last; null when it was not.</summary>
    public Health? HealthOf(string sourceId) => _sources.TryGetValue(sourceId, out var known) ? known.Health : null;

    public void Forget(string sourceId) => _sources.TryRemove(sourceId, out _);

    private async Task<SourceAnswer> AskAsync(InformationSource source, LookUpRequest question, Known known)
    {
        var begun = time.GetTimestamp();
        var (answer, outcome) = await TryAsync(source, question, known);
        meter.LookedUp(source.Title, outcome, time.GetElapsedTime(begun));
        if (answer.Problem is { } problem)
            LogProblem(log, source.Id, problem.English);
        known.Health = new() { Time = time.GetUtcNow().ToTimestamp(), Problem = answer.Problem?.English ?? "" };
        return answer;
    }

    private async Task<(SourceAnswer Answer, string Outcome)> TryAsync(InformationSource source, LookUpRequest question, Known known)
    {
        var patience = source.Timeout.ToTimeSpan();
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await known.Turn.WaitAsync(limit.Token);
            try
            {
                return (Read(source, question, await link.AskAsync(source, question, limit.Token)), "answered");
            }
            finally
            {
                known.Turn.Release();
            }
        }
        catch (Exception late) when (limit.IsCancellationRequested && late is OperationCanceledException or RpcException or HttpRequestException)
        {
            return (None(source, $"hat binnen {patience.TotalSeconds:0.##} s nicht geantwortet", $"did not answer within {patience.TotalSeconds:0.##} s"), "late");
        }
        catch (InvalidDataException wrong)
        {
            return (None(source, $"hat Unverständliches geantwortet ({wrong.Message})", $"answered what cannot be understood ({wrong.Message})"), "wrong");
        }
        catch (Exception failure) when (failure is RpcException or HttpRequestException or IOException)
        {
            return IsPrivate(failure)
                ? (None(source, "liegt in einem privaten Netz und wird nicht gefragt", "lies in a private network and is not asked"), "private")
                : (None(source, "ist nicht erreichbar oder verweigert die Auskunft", "cannot be reached or refuses to answer"), "failed");
        }
    }

    private SourceAnswer Read(InformationSource source, LookUpRequest question, LookUpResponse response)
    {
        if (response.Known.Count > MostKnown || response.Known.Any(known => known.Values.Count > MostValues || known.Values.Any(value => value.Length is 0 or > LongestValue)))
            throw new InvalidDataException($"more than {MostKnown} left operands, {MostValues} values or {LongestValue} characters, or an empty value");
        var life = source.TimeToLive.ToTimeSpan();
        if (response.TimeToLive is { Seconds: >= 0 and < 86_400, Nanos: >= 0 } shorter && shorter.ToTimeSpan() < life)
            life = shorter.ToTimeSpan();
        var values = response.Known.Where(known => question.LeftOperands.Contains(known.LeftOperand))
            .GroupBy(known => known.LeftOperand, StringComparer.Ordinal)
            .ToDictionary(known => known.Key, known => (IReadOnlyList<string>)[.. known.SelectMany(each => each.Values)], StringComparer.Ordinal);
        return new(values, Problem: null, time.GetUtcNow() + life);
    }

    private SourceAnswer None(InformationSource source, string german, string english) =>
        SourceAnswer.None(new($"Die Quelle „{source.Title}“ {german}.", $"The source '{source.Title}' {english}."), time.GetUtcNow() + Rest);

    private static bool IsPrivate(Exception? failure) => failure switch
    {
        null => false,
        PrivateAddressException => true,
        RpcException refused => IsPrivate(refused.Status.DebugException),
        _ => IsPrivate(failure.InnerException),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "What terms depend on could not be learned from source {Source}: {Problem}")]
    private static partial void LogProblem(ILogger log, string source, string problem);

    private sealed record Known(RememberedAnswers Answers)
    {
        public SemaphoreSlim Turn { get; } = new(MostAtOnce, MostAtOnce);

        public Health? Health { get; set; }
    }
}
