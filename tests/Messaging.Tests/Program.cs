using Ecosystem.Messaging.Tests;

// Started by fault tests only: dotnet Ecosystem.Messaging.Tests.dll serve, with its settings in the environment.
if (args is not ["serve"])
    return 2;

await KilledService.RunAsync();
return 0;
