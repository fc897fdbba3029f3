#if ASPIRE
await Ecosystem.AppHost.Topology.Declare(args).RunAsync();
return 0;
#else
return await Ecosystem.AppHost.Local.CommandLine.RunAsync(args);
#endif
