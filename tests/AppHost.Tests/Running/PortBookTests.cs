using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.Tests.Running;

public sealed class PortBookTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("ports-");

    [Fact]
    public void A_taken_port_is_named_with_who_wants_it_and_the_setting_to_change()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refusal = Assert.Throws<DistributedApplicationException>(() => Book().Fixed(port, "the http endpoint of gateway", "--http-port"));

        Assert.Equal(
            $"Port {port} is already taken, and the http endpoint of gateway wants it. Stop the program that has it, or choose another port with --http-port (0 takes a free one).",
            refusal.Message);
    }

    [Fact]
    public void The_same_port_cannot_be_wanted_twice()
    {
        var book = Book();
        var port = book.Free("a");

        Assert.Throws<DistributedApplicationException>(() => book.Fixed(port, "b", "--b-port"));
    }

    [Fact]
    public void Addresses_stay_the_same_from_one_run_to_the_next()
    {
        var first = Book();
        var port = first.Free("catalog-http");
        first.Save();

        Assert.Equal(port, Book().Free("catalog-http"));
    }

    [Fact]
    public void A_remembered_port_that_somebody_took_is_replaced()
    {
        var first = Book();
        var port = first.Free("catalog-http");
        first.Save();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        Assert.NotEqual(port, Book().Free("catalog-http"));
    }

    public void Dispose() => _state.Delete(recursive: true);

    private PortBook Book() => new(Path.Combine(_state.FullName, "ports.json"));
}
