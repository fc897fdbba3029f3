await Ecosystem.Gateway.GatewayApplication.Create(args).RunAsync();
