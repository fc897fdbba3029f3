using System.Net.Http.Headers;
using System.Text;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Outgoing;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Information;

/// <summary>
/// The way to a source, over gRPC or HTTP. A holder chooses its address, so it leads to the public internet only, follows no redirect, and reads
/// no more than an answer can be.
/// </summary>
internal sealed class SourceLink(IOptions<InformationOptions> options) : IDisposable
{
    /// <summary>The largest answer in bytes.</summary>
    public const int LargestAnswer = 64 * 1024;

    private static readonly JsonParser Lenient = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly SocketsHttpHandler _handler = new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, ct) => PublicAddresses.ConnectAsync(context.DnsEndPoint, options.Value.AllowPrivateAddresses, ct),
    };

    /// <exception cref="RpcException">A gRPC source refused, or could not be reached.</exception>
    /// <exception cref="HttpRequestException">An HTTP source could not be reached.</exception>
    /// <exception cref="InvalidDataException">What was answered is no answer.</exception>
    public Task<LookUpResponse> AskAsync(InformationSource source, LookUpRequest question, CancellationToken ct) =>
        source.AddressCase is InformationSource.AddressOneofCase.GrpcAddress ? AskGrpcAsync(source, question, ct) : AskHttpAsync(source, question, ct);

    public void Dispose() => _handler.Dispose();

    private async Task<LookUpResponse> AskGrpcAsync(InformationSource source, LookUpRequest question, CancellationToken ct)
    {
        // The connections belong to the handler; the channel itself costs nothing.
        using var channel = GrpcChannel.ForAddress(source.GrpcAddress, new GrpcChannelOptions { HttpHandler = _handler, MaxReceiveMessageSize = LargestAnswer });
        var headers = new Metadata();
        if (source.AccessKey.Length > 0)
            headers.Add("authorization", $"Bearer {source.AccessKey}");
        return await new PolicyInformationService.PolicyInformationServiceClient(channel).LookUpAsync(question, headers, cancellationToken: ct);
    }

    private async Task<LookUpResponse> AskHttpAsync(InformationSource source, LookUpRequest question, CancellationToken ct)
    {
        using var http = new HttpMessageInvoker(_handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, source.HttpAddress)
        {
            Content = new StringContent(JsonFormatter.Default.Format(question), Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd("Ecosystem-Policy");
        request.Headers.Accept.ParseAdd("application/json");
        if (source.AccessKey.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", source.AccessKey);
        using var answer = await http.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidDataException($"status {(int)answer.StatusCode}");
        return Parse(await ReadAsync(answer, ct));
    }

    private static LookUpResponse Parse(string text)
    {
        try
        {
            return Lenient.Parse<LookUpResponse>(text);
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or InvalidJsonException or FormatException)
        {
            throw new InvalidDataException("no JSON of a LookUpResponse", problem);
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[LargestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length <= LargestAnswer ? Encoding.UTF8.GetString(buffer, 0, length) : throw new InvalidDataException($"more than {LargestAnswer} bytes");
    }
}
