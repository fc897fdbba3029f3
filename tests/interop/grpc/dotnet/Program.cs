using System.Globalization;
using Ecosystem.InteropPeer.Client;
using Ecosystem.InteropPeer.Server;

return args switch
{
    ["server", .. var options] => await InteropServer.RunAsync(isCounting: !options.Contains("--uncounted")),
    ["client", var port, .. var left] => await InteropClient.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), left.ToHashSet()),
    _ => Misuse(),
};

static int Misuse()
{
    Console.Error.WriteLine("Verbs: server [--uncounted] | client <port> [case to leave out...]");
    return 2;
}
