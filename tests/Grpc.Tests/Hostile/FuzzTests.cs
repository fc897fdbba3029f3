using System.Net;
using System.Text;
using Ecosystem.Grpc.Tests.Contracts;
using Google.Protobuf;
using Grpc.Core;
using Xunit.Abstractions;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Mutations of good input, against both doors; see README.md for how to run them longer or again.</summary>
public sealed class FuzzTests(ITestOutputHelper output) : HostileServer
{
    private static readonly string[] Json =
    [
        """{"text":"hello","count":3,"size":10}""",
        """{"flag":true,"texts":["a","b"],"i64":"9007199254740993","ratio":1.5e-3,"bytes":"AAEC","when":"2026-03-01T08:30:00.5Z","span":"3.5s"}""",
    ];

    private static readonly string[] Paths =
    [
        "/echo/v1/say", "/library/v1/everything:mirror", "/library/v1/shelves/7/books", "/library/v1/books/3?book.title=x&update_mask=title",
        "/library/v1/files/a/b/c:meta",
    ];

    [Fact]
    public Task The_frame_reader_refuses_what_it_cannot_read_and_never_fails_unexpectedly() => RoundsAsync(async random =>
    {
        var frame = new[] { Frames.Say("hello"), Frames.Of(new EchoRequest { Text = "tiny", Size = 9 }.ToByteArray()) }[random.Next(2)];
        var isGzip = random.Next(3) == 0;
        var body = Mutated(isGzip ? Frames.Of(Frames.Gzip(frame[Frames.HeaderSize..]), isCompressed: true) : frame, random);

        var verdict = await Caller.PostAsync(
            random.Next(2) == 0 ? "Say" : "Join", new ByteArrayContent(body), headers: isGzip ? [("grpc-encoding", "gzip")] : []);

        Assert.Equal(HttpStatusCode.OK, verdict.Http);
        // UNKNOWN is what an exception becomes that nobody thought of. A mutation may ask the service itself for any status.
        Assert.True(verdict.Grpc is not null and not StatusCode.Unknown || AsksForIt(body), $"{verdict.Grpc} for {Convert.ToHexString(body)}");
    });

    [Fact]
    public async Task The_REST_door_refuses_what_it_cannot_read_and_never_fails_unexpectedly()
    {
        using var http = Server.Http();
        await RoundsAsync(async random =>
        {
            var path = random.Next(2) == 0 ? Paths[random.Next(Paths.Length)] : Escaped(Mutated(Encoding.UTF8.GetBytes(Paths[random.Next(Paths.Length)]), random));
            var body = Mutated(Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)]), random);
            using var request = new HttpRequestMessage(random.Next(3) == 0 ? HttpMethod.Patch : HttpMethod.Post, new Uri(http.BaseAddress + path[1..]));
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var response = await http.SendAsync(request);

            Assert.True(
                response.StatusCode != HttpStatusCode.InternalServerError || AsksForIt(body),
                $"{request.Method} {path} {Encoding.UTF8.GetString(body)}: {await response.Content.ReadAsStringAsync()}");
        });
    }

    private Task RoundsAsync(Func<Random, Task> round) => FuzzRun.FromEnvironment(output.WriteLine).PlayAsync(round);

    /// <summary>Whether the echo service may have been asked to fail: field 3, or its name.</summary>
    private static bool AsksForIt(byte[] body) => body.Contains((byte)0x18) || Encoding.UTF8.GetString(body).Contains("ail", StringComparison.Ordinal);

    private static byte[] Mutated(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.AddRange(bytes[at..]);
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, bytes.Count - 1));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Random bytes as part of a path that an HTTP client agrees to send.</summary>
    private static string Escaped(byte[] path) =>
        "/" + string.Concat(path.Skip(1).Select(b => b is >= 0x21 and < 0x7f and not (byte)'#' ? ((char)b).ToString() : $"%{b:X2}"));
}
