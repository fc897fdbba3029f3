using Ecosystem.Grpc.Client.Calls;
using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Clients;

public sealed class AddressTests
{
    [Fact]
    public async Task Calls_go_to_all_servers_in_turn()
    {
        await using var first = await EchoServer.StartAsync();
        await using var second = await EchoServer.StartAsync();
        var client = first.Client(o => o.TakeInTurn(second.GrpcAddress));

        for (var i = 0; i < 10; i++)
        {
            await client.SayAsync(new EchoRequest());
        }

        Assert.Equal(5, first.Probe.Calls);
        Assert.Equal(5, second.Probe.Calls);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_left_out()
    {
        await using var gone = await EchoServer.StartAsync();
        await using var there = await EchoServer.StartAsync();
        var client = there.Client(o => o.TakeInTurn(gone.GrpcAddress));
        await gone.StopAsync();

        var failures = 0;
        for (var i = 0; i < 10; i++)
        {
            try
            {
                await client.SayAsync(new EchoRequest());
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
            {
                failures++;
            }
        }

        Assert.Equal(1, failures);
        Assert.Equal(9, there.Probe.Calls);
    }

    [Fact]
    public async Task A_call_that_may_be_repeated_goes_to_another_server()
    {
        await using var gone = await EchoServer.StartAsync();
        await using var there = await EchoServer.StartAsync();
        await gone.StopAsync();
        var client = gone.Client(o =>
        {
            o.TakeInTurn(there.GrpcAddress);
            o.ServiceConfig = IdempotentCalls.Repeat(Echo.Descriptor);
        });

        for (var i = 0; i < 4; i++)
        {
            await client.TouchAsync(new EchoRequest());
        }

        Assert.Equal(4, there.Probe.Calls);
    }

    [Fact]
    public void An_address_left_out_comes_back_and_the_last_one_is_never_left_out()
    {
        var time = new ManualTime();
        Uri[] addresses = [new("http://a"), new("http://b")];
        var picker = new AddressPicker(addresses, time);

        picker.LeaveOut(addresses[0]);
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(addresses[1], picker.Pick()));

        picker.LeaveOut(addresses[1]);
        Assert.Contains(picker.Pick(), addresses);

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.NotEqual(picker.Pick(), picker.Pick());
    }
}
